-- The termbase: one file, concept-oriented (ISO 30042). Tables are named for the model's nouns;
-- `position` orders what is a tuple there. Offsets are Python string offsets.

CREATE TABLE sources (
    number    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    title     TEXT NOT NULL,
    publisher TEXT NOT NULL,
    language  TEXT NOT NULL,
    date      TEXT,
    authority INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    url       TEXT NOT NULL,
    licence   TEXT NOT NULL
) STRICT;

-- Every sentence is stored once, whether it stands in a document, proves a term, or both.
CREATE TABLE sentences (
    number  INTEGER PRIMARY KEY,
    source  INTEGER NOT NULL REFERENCES sources,
    segment INTEGER NOT NULL,
    text    TEXT NOT NULL
) STRICT;
CREATE INDEX sentences_by_place ON sentences (source, segment);

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources,
    digest TEXT NOT NULL,  -- of text and segments: a source read anew is another document
    text   TEXT NOT NULL,
    UNIQUE (source, digest)
) STRICT;

CREATE TABLE segments (
    document  INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    sentence  INTEGER NOT NULL REFERENCES sentences,
    start     INTEGER NOT NULL,
    stop      INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    role      TEXT NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX segments_by_sentence ON segments (sentence);

CREATE TABLE bitexts (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    method TEXT NOT NULL
) STRICT;

CREATE TABLE renditions (
    bitext   INTEGER NOT NULL REFERENCES bitexts ON DELETE CASCADE,
    position INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents,
    PRIMARY KEY (bitext, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX renditions_by_document ON renditions (document);

CREATE TABLE beads (
    bitext   INTEGER NOT NULL REFERENCES bitexts ON DELETE CASCADE,
    position INTEGER NOT NULL,
    score    REAL NOT NULL,
    edited   INTEGER NOT NULL,
    PRIMARY KEY (bitext, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE bead_members (
    bitext    INTEGER NOT NULL,
    rendition INTEGER NOT NULL,
    segment   INTEGER NOT NULL,
    bead      INTEGER NOT NULL,
    PRIMARY KEY (bitext, rendition, segment, bead),
    FOREIGN KEY (bitext, bead) REFERENCES beads ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX bead_members_by_bead ON bead_members (bitext, bead);

CREATE TABLE concepts (
    number         INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    kind           TEXT NOT NULL,
    subject_field  TEXT NOT NULL,
    definition     TEXT NOT NULL,
    note           TEXT NOT NULL,
    review         TEXT NOT NULL,
    score          REAL,
    score_method   TEXT,  -- null where there is no score
    score_evidence TEXT   -- JSON: [[kind, value], ...]
) STRICT;

CREATE TABLE cross_references (
    concept  INTEGER NOT NULL REFERENCES concepts ON DELETE CASCADE,
    position INTEGER NOT NULL,
    target   TEXT NOT NULL,  -- a concept's id, which may stand in another termbase
    PRIMARY KEY (concept, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE terms (
    number         INTEGER PRIMARY KEY,
    concept        INTEGER NOT NULL REFERENCES concepts ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    form           INTEGER NOT NULL REFERENCES forms,
    text           TEXT NOT NULL,
    language       TEXT NOT NULL,
    term_type      TEXT NOT NULL,
    status         TEXT,
    authority      INTEGER NOT NULL,
    valid_from     TEXT,
    valid_to       TEXT,
    part_of_speech TEXT NOT NULL,
    note           TEXT NOT NULL,
    score          REAL,
    score_method   TEXT,
    score_evidence TEXT,
    UNIQUE (concept, position)
) STRICT;
CREATE INDEX terms_by_form ON terms (form);

CREATE TABLE attestations (
    term     INTEGER NOT NULL REFERENCES terms ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sentence INTEGER NOT NULL REFERENCES sentences,
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    surface  TEXT,  -- null where it is what stands in the sentence between start and stop
    bead     TEXT NOT NULL,
    PRIMARY KEY (term, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX attestations_by_sentence ON attestations (sentence);

-- Who changed what, when; and what stood there before, so that the last step can be undone.
CREATE TABLE transactions (
    number INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,  -- ISO 8601 in UTC, or empty if it was not to be recorded
    who    TEXT NOT NULL,
    what   TEXT NOT NULL
) STRICT;

CREATE TABLE changes (
    "transaction" INTEGER NOT NULL REFERENCES transactions ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    kind          TEXT NOT NULL,  -- concept, source or bitext
    id            TEXT NOT NULL,
    row           INTEGER NOT NULL,
    before        TEXT,           -- JSON of the value as it was; null if there was none
    PRIMARY KEY ("transaction", position)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_by_id ON changes (kind, id);

-- Derived: the search index. A form is what terms that differ in script, case, width,
-- punctuation, articles or inflection have in common; glossary.language.variants makes the keys.
CREATE TABLE forms (
    number   INTEGER PRIMARY KEY,
    chinese  INTEGER NOT NULL,
    key      TEXT NOT NULL,
    pinyin   TEXT,  -- numbered: wang3-luo4 qiang2-guo2; null for other languages
    letters  TEXT,  -- without tones and spaces: wangluoqiangguo
    initials TEXT,  -- wlqg
    UNIQUE (chinese, key)
) STRICT;
CREATE INDEX forms_by_letters ON forms (letters) WHERE letters IS NOT NULL;
CREATE INDEX forms_by_initials ON forms (initials) WHERE initials IS NOT NULL;

-- Tokens of forms: pairs of neighbouring characters and syllables, English lemmas.
-- They hold no ASCII punctuation, so the plainest tokenizer keeps them as they are.
CREATE VIRTUAL TABLE form_tokens USING fts5 (
    tokens, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);

-- Runs of three letters of the terms that are not Chinese, by the numbers of the terms;
-- glossary.termbase.trigrams makes them.
CREATE VIRTUAL TABLE term_trigrams USING fts5 (
    tokens, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);

-- How many forms hold a token: fuzzy search asks for the rarest first.
CREATE TABLE token_counts (
    token TEXT PRIMARY KEY,
    forms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- English words that stand in terms, in any inflection, with their lemmas.
CREATE TABLE words (
    word  TEXT PRIMARY KEY,
    lemma TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Words of terms and their lemmas less one letter, and whole: the neighbours of a misspelt word.
CREATE TABLE spellings (
    spelling TEXT NOT NULL,
    lemma    TEXT NOT NULL,
    PRIMARY KEY (spelling, lemma)
) STRICT, WITHOUT ROWID;
