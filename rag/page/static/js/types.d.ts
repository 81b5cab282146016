// What the scripts tell each other and are told by Python, for tsc alone: no browser is sent this. The meanings are
// with the Python types of the same names in rag/page.

/** Everything a person reads: rag.page.strings. */
export type Strings = Record<string, string> & {
  heads: Record<string, string>;
  checked: Record<string, [sign: string, words: string]>;
  measure_names: Record<string, string>;
  plots: Record<string, string>;
  problems: Record<string, string>;
  verdicts: Record<string, string>;
};

/** What Gradio gives a component of the page: its element, what Python set and answers, and ways to tell it. */
export interface Component<Props, Server> {
  element: HTMLElement;
  props: Props & { strings: Strings };
  server: Server;
  trigger: (event: string, detail: object) => void;
  upload: (file: File) => Promise<{ path: string }>;
  watch: (property: string, changed: () => void) => void;
}

export interface Components {
  articles: Component<{ may_change: boolean; formats: string; largest: number }, ArticlesServer>;
  brand: Component<{ views: { id: string; name: string }[] }, null>;
  conversation: Component<
    { longest: number; leant_on: number; tests: boolean; value: { id: string; turn: Told } | null },
    ConversationServer
  >;
}

/** A call is answered with undefined where the server fails or is away. */
type Call<Sent extends unknown[], Said> = (...sent: Sent) => Promise<Said>;

export interface ConversationServer {
  greeting: Call<[], Greeting | undefined>;
  read_article: Call<[id: string, places: Omit<Place, "name" | "number">[]], ArticleView | null | undefined>;
  stop: Call<[id: string], void>;
  is_running: Call<[id: string], boolean | undefined>;
  share_answer: Call<[asked: object], string | null | undefined>;
  shared_answer: Call<[key: string], SharedAnswer | null | undefined>;
  write_document: Call<[records: object[], format: string], string | undefined>;
  choices: Call<[], Choices>;
  titled: Call<[part: string], Facts[]>;
  older: Call<[], Older | undefined>;
  passing: Call<
    [filter: object],
    { count: number; undated: number; message: null } | { count: null; undated: 0; message: string }
  >;
  all_cases: Call<[], CasesView>;
  keep_case: Call<[{ question: string; right: Words[] }], CasesView | undefined>;
  undo_case: Call<[question: string], CasesView | undefined>;
  remove_case: Call<[question: string], CasesView | undefined>;
  right_answer: Call<[question: string, article: string, quotes: string[]], Answer | null | undefined>;
  pick_sentences: Call<[Stretch], (Words & { title: string }) | null | undefined>;
  start_trial: Call<[], TrialState | undefined>;
  stop_trial: Call<[], TrialState | undefined>;
  trial_state: Call<[], TrialState | undefined>;
  trial_report: Call<[], Report | undefined>;
  trial_page: Call<[], string | undefined>;
}

export interface ArticlesServer {
  find_articles: Call<[View], Table | undefined>;
  health: Call<[], Health | undefined>;
  news: Call<[snapshot: string | null], News | undefined>;
  add_file: Call<[name: string, path: string], unknown>;
  add_address: Call<[address: string], unknown>;
  remove_article: Call<[id: string], unknown>;
  restore_article: Call<[id: string], unknown>;
  correct_article: Call<[id: string, wanted: Record<string, string>], unknown>;
}

/** A child of an element: what is no node and no text is left out. */
export type Child = Node | string | null | undefined | false;

// Articles and passages

export interface Facts {
  article: string;
  title: string;
  published: string | null;
  source: string | null;
  author: string | null;
  url: string | null;
}

export interface Segment {
  text: string;
  marks: number[];
  bold: boolean;
}

export interface Quote {
  start: number;
  text: string;
  highlights?: number[][]; // for Python alone: a browser counts in other units
  before: string;
  after: string;
  original: string | null;
}

export interface Why {
  words: string[];
  closeness: string;
  by_words: number | null;
  by_meaning: number | null;
}

export interface Source extends Facts {
  number: number;
  duplicates: { title: string; source: string | null; published: string | null }[];
  more: number;
  why: Why | null;
  section: string[];
  page: number | null;
  start: number;
  passage: Segment[];
  quotes: Quote[];
  best?: Quote | null;
}

export interface ArticleView {
  language: string | null;
  paragraphs: { kind: string; level: number; page: number | null; start: number; segments: Segment[] }[];
  changed: boolean;
}

/** A place in an article that is marked, with its name and the number that the answer gives it. */
export interface Place {
  name: string;
  number: number | null;
  start: number;
  text: string;
  highlights: number[][];
}

/** The article that is open; `from` is what the reader pressed in the chat. */
export type Opened = { from: HTMLElement | null } & (
  | { turn: Cited; source: Source; quote: number | null }
  | { turn: null; source: Alone; quote: null }
);

/** An article that is opened for its own sake. */
export type Alone = Omit<Source, "number" | "start" | "quotes"> & { number: null };

// Turns

export interface Filter {
  since: string | null;
  until: string | null;
  sources: string[];
  authors: string[];
  collections: string[];
  articles: { article: string; title: string }[];
}

export type NameKind = "sources" | "authors" | "collections";

/** What a reader asks; `alone` it follows nothing up. */
export interface Request {
  question: string;
  ignored: string[];
  alone: boolean;
  filter: Filter;
}

export interface Time {
  words: string;
  applied: boolean;
  since: string | null;
  until: string | null;
}

export interface Statement {
  text: string;
  stretches?: [text: string, bold: boolean][];
  lead: string;
  label: string | null;
  support: string;
  citations: { source: number; quote: number }[];
  dated: { words: string[]; published: string } | null;
}

/** What has statements and their sources: an outcome, or what is right for a test case. */
export interface Cited {
  key?: number;
  question: string;
  statements: Statement[];
  sources: Source[];
  found: Source[];
}

/** What a turn of any kind may have; `key` is its place among the turns while it is drawn. */
interface AnyTurn {
  id: string;
  request: Request;
  key?: number;
  question: string;
  typed?: string | null;
  times?: Time[];
  ignored?: string[];
  record?: { question: string };
  next?: string[];
  /** Of an answer that a link opened, as it was then. */
  shared?: Shared;
}

interface Shared {
  key: string;
  at: string;
  changed: string[];
  rebuilt: boolean;
}

export interface SharedAnswer extends Omit<Shared, "key"> {
  request: Request;
  turn: Answer | Unanswered | Listing;
}

export interface Answer extends AnyTurn, Cited {
  key?: number;
  kind: "answer";
  short_answer: string | null;
  confidence: number;
  sides: string[];
  uncovered_sides: string[];
  likely?: boolean; // a browser may have kept an answer from before there were any
  missing?: string[];
  chosen?: string | null;
  outside?: string | null;
}

export interface Unanswered extends AnyTurn, Cited {
  key?: number;
  kind: "unanswered";
  outside?: string | null;
  missing_phrases: string[];
  missing?: string[];
}

export interface Listing extends AnyTurn {
  kind: "listing";
  /** A browser may have kept one from before there were leads. */
  lead?: string | null;
  asked: string;
  total: number;
  articles: Facts[];
}

export interface Underway extends AnyTurn {
  kind: "waiting" | "searching";
  doing?: string;
  passages?: number;
}

/** A turn without an outcome. */
export interface Ended extends AnyTurn {
  kind: "stopped" | "lost";
}

export interface Problem extends AnyTurn {
  kind: "problem";
  message: string;
}

/** What the panel may belong to: a turn of the chat, or what is right for a test case, which has no `key`. */
export type Shown = Drawn | Cited;

export type Turn = Answer | Unanswered | Listing | Underway | Ended | Problem;
export type Kind = Turn["kind"];

/** A turn as it is drawn, with its place among the turns. */
export type Drawn<T extends Turn = Turn> = T & { key: number };

/** What Python says of a question: a step, the outcome, or what can be asked next. */
export type Told = Turn | { kind: "next"; questions: string[] };

export interface Greeting {
  articles: number | null;
  passages: number;
  examples: string[];
  holdings: Holdings | null;
}

export interface Held {
  article: Facts;
  text: string;
  label: string | null;
}

export interface Name {
  name: string;
  role: string | null;
  articles: number;
}

export interface Holdings {
  newest: Held[];
  people: Name[];
  places: Name[];
  timeline: Held[];
}

// Filters

export interface Choices extends Record<NameKind, { name: string; count: number }[]> {
  since: string | null;
  until: string | null;
}

/** A name or an article that can be chosen. */
export interface Offered {
  key: string;
  name: string;
  more?: string;
}

// Test cases

export interface Words {
  article: string;
  start: number;
  text: string;
}

export interface Stretch {
  article: string;
  start: number;
  end: number;
}

/** Words that may be right for a question, and the title of their article. */
export type Candidate = Words & { title: string };

export interface Case {
  question: string;
  unanswerable: boolean;
  articles: { id: string; title: string | null }[];
  quotes: string[];
  answers: string[];
}

export interface CasesView {
  cases: Case[];
  total: number;
  trouble: string | null;
}

export interface TrialState {
  running: boolean;
  done: number;
  total: number;
  report: number;
  trouble: string | null;
}

export interface Report {
  at: string;
  total: number;
  right: number;
  worse: number;
  measures: { name: string; value: number; low: number; high: number; moved: Moved | null }[];
  misses: Miss[];
  more: number;
  before: number;
  mended: string[];
  plots: Record<string, string>;
}

export interface Moved {
  by: number;
  verdict: string;
}

export interface Miss {
  question: string;
  problem: string;
  is_new: boolean;
  unanswerable: boolean;
  article: string | null;
  title: string | null;
  expected: string[];
  answers: string[];
  found: string | null;
  found_title: string | null;
}

// The table of articles

export interface View {
  search: string;
  order: string;
  descending: boolean;
  page: number;
  lacking: string | null;
}

/** How far the passages can be searched by meaning. */
export interface Meaning {
  percent: number;
  at_work: boolean;
  minutes: number | null;
}

/** How many files are not as they were when the index was built. */
export interface Older {
  newer: number;
  removed: number;
  meaning: Meaning | null;
}

export interface RepeatedLine {
  line: string;
  count: number;
  of: number;
  within: string;
}

export interface Health {
  total: number;
  lacking: Record<string, number>;
  titles: { title: string; count: number }[];
  templates: { code: string; article: string }[];
  left_out: RepeatedLine[];
  lines: RepeatedLine[];
  idle: string[];
}

export interface Row extends Facts {
  length: number;
  collection: string;
  is_row: boolean;
}

export interface Table {
  rows: Row[];
  page: number;
  pages: number;
  found: number;
  total: number;
}

export interface News {
  snapshot: string;
  unread: [path: string, reason: string][] | null;
  more_unread: number;
  older: Older;
  status: Status | null;
}

export interface Status {
  doing: "adding" | "building" | null;
  name: string;
  done: number;
  total: number;
  waiting: number;
  told: Done[];
  trouble: string;
}

export interface Done {
  name: string;
  what: string;
  detail: string;
}

/** A conversation that is kept, in the list of them. */
export interface Kept {
  name: string;
  title: string;
  when: number;
}
