"""Abbreviations that the splitter of sentences lacks or takes too simply, by what may follow them.

Written as they stand in an article: "Sat. 9" is a day, "there he sat. 9 men came" is not.
"""

from __future__ import annotations


def _words(**of_languages: str) -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in of_languages.items()}


BEFORE_NAMES = _words(
    en="Mr Mrs Ms Mx Dr Drs Prof Profs Rev Revs Fr Br Bro Hon Gov Govs Sen Sens Rep Reps Amb Pres Supt Insp"
    " Det Const Cllr Ald Messrs Mlle Mme Mgr Msgr Bp Abp Ven Atty Asst Dep Ofc Commr Capt Capts Cpt Maj Col"
    " Cols Lt Lts Lieut Sgt Cpl Pvt Pfc Spc Gen Gens Adm Cmdr Cdr Cdre Brig Pte Bdr Sqn approx Approx ca Ca"
    " cf Cf vs viz incl excl resp",
    de="Hr Hrn Fr Frl Dr Prof Ing Mag Hl bzw bspw ca ggf inkl lt rd sog vgl Vgl zzgl",
    fr="M MM Mme Mmes Mlle Mlles Dr Drs Pr Prof prof Me Mgr St Ste Sts Stes env cf",
    es="Sr Sra Sres Srta Dr Dra Dres D Da Prof Profa Lic Ing Gral Mons Sto Sta Ud Uds Vd aprox",
    it="sig Sig sigg sig.ra Sig.ra sig.na Sig.na dott Dott dott.ssa Dott.ssa prof Prof prof.ssa Prof.ssa ing"
    " Ing avv Avv geom on On mons Mons ca",
    pt="Sr Sra Srs Dr Dra Prof Profa Eng D Sto Sta aprox",
    nl="dhr Dhr mevr Mevr mw Mw dr Dr prof Prof ir ing mr drs ca bijv",
    pl="ul Ul al pl św Św ks Ks inż Inż mgr Mgr prof Prof dr Dr hab gen płk np Np tzw tj ok",
    ru="г ул пр пл им проф Проф акад Акад тов гр т.е т.н см См ср напр",
    tr="Dr Prof Doç Av Sn Hz Op Yrd Uzm Alb Gen Müh",
    ar="د أ م أ.د ا.د",
    hi="डॉ प्रो श्री श्रीमती सुश्री पं कु मो",
)
"""No sentence ends with one: a title before a name, "approx." before what it limits."""

BEFORE_NUMBERS = _words(
    en="no No nos Nos vol Vol vols Vols fig Fig figs Figs eq Eq eqs Eqs ch Ch chs Chs chap Chap chaps Chaps"
    " sec secs Secs sect Sect App Apps Tab Tabs art Art arts Arts Par Pars para Para paras Paras pt pts Pts"
    " Bk Ex Exs Prop Thm Lem Cor Def Ref Refs nn Sched Apt Rm Ste Stat Suppl Ser Ver Vers Amdt max Max min"
    " Min avg Avg est Est temp Temp pop Pop Mon Tue Tues Wed Weds Thu Thur Thurs Fri Sat Sun",
    de="Nr Nrn Abb Abs Art Bd Kap S Str Tab Ziff Jan Feb Apr Aug Sept Okt Nov Dez",
    fr="n no nos p pp art chap fig t vol vols éd janv févr avr juil sept oct nov déc",
    es="n núm núms pág págs fig figs art arts cap caps t vol vols ene abr ago sept oct nov dic",
    it="n nn pag pagg p pp fig figg art artt cap capp vol voll gen febbr mar apr magg giu lug ag sett ott nov"
    " dic",
    pt="n núm pág págs fig figs art arts cap caps vol vols jan fev abr ago set out nov dez",
    nl="nr nrs blz fig art hfdst jan feb mrt apr aug sept okt nov dec",
    pl="nr str s art ust pkt poz rozdz rys tab t",
    ru="рис Рис стр Стр с табл Табл гл Гл ст п пп т д кв",
    tr="No no s sf Cad Sok md",
)
"""One ends a sentence unless a number follows, or the letter of an appendix: "Vol. 2", "We said no."."""

UNITS = _words(
    en="m km cm mm kg g mg t l ml ft in yd yds mi lb lbs oz gal qt min mins hr hrs sec secs s h",
    ru="г гг в м км кг руб",
    pl="r m km kg zł",
)
"""Behind a number one may end a sentence, whatever capital follows: "in 6 min. Nobody was faster."."""

LISTS = _words(
    en="etc May",
    de="usw etc",
    fr="etc",
    es="etc",
    it="ecc etc",
    pt="etc",
    nl="enz etc",
    pl="itp itd",
    ru="д п др",
    tr="vb vs",
)
"""What closes a list closes the sentence where a capital follows; "May." is never the month cut short."""

BEFORE_WORDS = _words(
    en="Ft Mts Pt Pk Ln Sq Ter Rte Pkwy Govt govt Assoc Natl Intl ed eds trans Am Amer Phys Chem Hist Proc"
    " Bull Soc Acad Lib Div Bd Cmte Inst Cong Univ",
    es="EE pág",
)
"""Before a capital the sentence goes on, unless that word is one that opens sentences."""
