"""What browsers, programs and agents call, each with what it is answered.

In reading order:

    conversation  an answer step by step, an article, a document, and an end to it
    choosing      what answers can be limited to
    articles      what the view of the articles asks: a table of what there is, and changes
    state         what is missing or odd in the articles, and whether their folder changed
    cases         the test cases that readers keep from the page
    trial         a run of them, and its report
    endpoints     three calls for programs and agents
    tools         these calls as MCP tools
"""
