// Search and table of a glossary site. Every page is whole without this script.
"use strict";

const HAN = /[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const LIMIT = 60;

// --- Search ------------------------------------------------------------------------------------

// Chinese is indexed by single characters and by pairs; a query of more than one character asks
// for pairs only, so that a wrong character costs two of them and not the whole word.
function hanTokens(text, forQuery) {
  const tokens = [];
  for (const run of text.match(new RegExp(HAN.source + "+", "gu")) ?? []) {
    const characters = [...run];
    if (!forQuery || characters.length === 1) tokens.push(...characters);
    for (let at = 0; at + 1 < characters.length; at += 1) tokens.push(characters[at] + characters[at + 1]);
  }
  return tokens;
}

const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’']/g, "");

// Sentences of the page's language come from the page, with {} or {0}, {1} where numbers stand.
const filled = (sentence, ...numbers) => {
  let next = 0;
  return sentence.replace(/\{(\d?)\}/g, (_, place) => numbers[place || next++]);
};

const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

function buildIndex(rows) {
  const index = new MiniSearch({
    idField: "id",
    fields: ["zh", "pinyin", "en"],
    tokenize: (text, field) => (field === "zh" ? hanTokens(text, false) : words(text)),
    processTerm: (term) => term,
  });
  index.addAll(
    rows.map(([, , , , renderings, zh, pinyin, other], id) => ({
      id,
      zh: zh.join(" "),
      pinyin: pinyin.join(" "),
      en: [...renderings.map(([text]) => text), ...other].join(" "),
    })),
  );
  return index;
}

// Terms that are the query, or begin with it, stand before those that share pieces with it.
function closeness(row, query, letters) {
  const [, , , , renderings, zh, pinyin, other] = row;
  const forms = [...zh, ...renderings.map(([text]) => plain(text)), ...other.map(plain)];
  if (forms.includes(query) || (letters && pinyin.slice(0, 2).includes(letters))) return 3;
  if (forms.some((form) => form.startsWith(query)) || (letters && pinyin[0]?.startsWith(letters))) return 2;
  return forms.some((form) => form.includes(query)) ? 1 : 0;
}

function search(index, rows, text) {
  const query = plain(text.trim());
  if (!query) return [];
  let found;
  let letters = "";
  if (HAN.test(query)) {
    found = index.search(query, { fields: ["zh"], tokenize: (part) => hanTokens(part, true) });
  } else {
    // Tones as figures or marks do not count: "wang3 luo4" is "wangluo".
    letters = words(query).join("").replace(/[1-5](?=[a-z]|$)/g, "").replaceAll("ü", "v");
    const distance = (term) => (term.length > 3 ? 0.25 : 0);
    found = index.search(
      {
        combineWith: "OR",
        queries: [
          { queries: [query], fields: ["en"], combineWith: "AND", tokenize: words, prefix: true, fuzzy: distance },
          { queries: [letters], fields: ["pinyin"], tokenize: words, prefix: true, fuzzy: distance },
        ],
      },
    );
  }
  return found
    .map(({ id, score }) => ({ row: rows[id], id, score, close: closeness(rows[id], query, letters) }))
    .sort((a, b) => b.close - a.close || b.score - a.score || a.id - b.id)
    .slice(0, LIMIT);
}

function startSearch(form) {
  const rows = window.tifaEntries;
  const index = buildIndex(rows);
  const input = form.querySelector("#query");
  const list = form.querySelector("#results");
  const status = form.querySelector("#found");

  const show = () => {
    const text = input.value;
    const found = search(index, rows, text);
    list.replaceChildren(
      ...found.map(({ row: [file, head, language, pinyin, renderings] }) => {
        const item = document.createElement("li");
        const link = item.appendChild(document.createElement("a"));
        link.href = file;
        link.lang = language;
        link.textContent = head;
        const reading = item.appendChild(document.createElement("span"));
        reading.className = "pinyin";
        reading.lang = "zh-Latn-pinyin";
        reading.textContent = ` ${pinyin} `;
        for (const [rendering, mark] of renderings.slice(0, 4)) {
          const span = item.appendChild(document.createElement("span"));
          span.className = `t ${mark}`;
          span.textContent = rendering;
          item.append(" ");
        }
        return item;
      }),
    );
    const says = found.length === LIMIT ? form.dataset.best : form.dataset.found;
    status.textContent = text.trim() ? filled(says, found.length) : "";
    history.replaceState(null, "", text.trim() ? `#q=${encodeURIComponent(text)}` : "#");
  };

  const links = () => [...list.querySelectorAll("a")];
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  input.addEventListener("input", show);
  form.addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && at + 1 < all.length) all[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (all[at - 1] ?? input).focus();
    else if (event.key === "Escape") {
      input.value = "";
      input.focus();
      show();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== input) {
      event.preventDefault();
      input.focus();
    }
  });
  const restore = () => {
    const match = /^#q=(.*)$/.exec(location.hash);
    if (!match) return;
    try {
      input.value = decodeURIComponent(match[1]);
    } catch {
      return; // not a query of ours
    }
    show();
  };
  window.addEventListener("hashchange", restore);
  restore();
  window.tifaSearch = (text) => search(index, rows, text).map(({ row }) => row[1]);
}

// --- Table -------------------------------------------------------------------------------------

function startTable(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const texts = rows.map((row) => plain(row.textContent));
  const form = document.querySelector("#filters");
  const input = form.querySelector("#filter");
  const status = form.querySelector("#shown");

  const choices = [...form.querySelectorAll("select")];
  const chosen = (row) =>
    choices.every(({ value, dataset }) => !value || row.cells[dataset.column].textContent === value);

  const filter = () => {
    const wanted = words(input.value);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !(chosen(row) && wanted.every((word) => texts[at].includes(word)));
      shown += !row.hidden;
    });
    status.textContent = filled(form.dataset.shown, shown, rows.length);
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  filter();

  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent;
    cell.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = cell.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keys = new Map(rows.map((row) => [row, row.cells[column].textContent]));
      const order = Number(!down) * 2 - 1;
      const compare =
        column === 0 // dictionary order, which the page came in
          ? (a, b) => a.dataset.n - b.dataset.n
          : column === 6
            ? (a, b) => keys.get(a) - keys.get(b)
            : (a, b) => (keys.get(a) < keys.get(b) ? -1 : keys.get(a) > keys.get(b) ? 1 : 0);
      body.append(...rows.toSorted((a, b) => order * compare(a, b) || a.dataset.n - b.dataset.n));
    });
  });
}

const form = document.querySelector("#search");
if (form) startSearch(form);
const table = document.querySelector("#table");
if (table) startTable(table);
