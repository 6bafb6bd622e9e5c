// The results page: asks Pagefind for each word's lessons, ranks them together, shows the passage that answers best.
const STEP = 10;
const MOST_WORDS = 12;
const LONGEST_EXCERPT = 240;
const NO_EXACT_HIT = 0.5;

// --- words, by the rules that the page hands over (hooks/microlearning/words.py)

const fold = (text) =>
  text.toLowerCase().replace(/[’ʼ‘´`]/g, "'").replace(/œ/g, 'oe').replace(/æ/g, 'ae').normalize('NFKD').replace(/\p{M}/gu, '');

function reader({ dropped, stop, passes }) {
  const stops = new Set(stop.split(' '));
  const first = (word, rules) => {
    for (const [ending, instead, left] of rules) {
      if (word.endsWith(ending) && word.length - ending.length >= left) return word.slice(0, word.length - ending.length) + instead;
    }
    return word;
  };
  const stem = (word) => {
    if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word;
    const bare = passes.reduce(first, word);
    return bare.length > 3 && bare.at(-1) === bare.at(-2) ? bare.slice(0, -1) : bare;
  };
  // What is asked, each with the word as it was typed; stop words and single letters are not asked for.
  const terms = (query) => {
    const found = new Map();
    const typed = query.replace(/[’ʼ‘´`]/g, "'").split(/[^\p{L}\p{N}\p{M}']+/u);
    const read = typed.flatMap((piece) => {
      const bare = fold(piece).replace(new RegExp(dropped, 'g'), ' ').replaceAll("'", '');
      return (bare.match(/[a-z0-9]+/g) ?? []).map((word) => [word, piece]);
    });
    const telling = read.filter(([word]) => !stops.has(word) && (word.length > 1 || /\d/.test(word)));
    for (const [word, piece] of telling) found.set(stem(word), piece.replace(/^\p{L}{1,2}'(?=\p{L})/u, ''));
    return [...found].slice(0, MOST_WORDS).map(([key, word]) => ({ key, word }));
  };
  return { stem, terms };
}

// A product code in any spelling (`trn1v13`, `TRN1 V13`) is one word, and the rest of the question.
const CODE = /\b([a-z]{2,5})[\s._‐‑–—/-]*(\d{1,3})[\s._‐‑–—/-]*([a-z])[\s._‐‑–—/-]*(\d{2,3})\b/;
const SHOWN_WORD = /\p{L}{2,5}\d+-\p{L}\d{2,3}|[\p{L}\p{N}\p{M}]+/gu;

function distance(a, b) {
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

// --- lessons

function finder(index, settings) {
  const { stem, terms } = reader(settings.rules);
  let engine;
  const start = async () => {
    const pagefind = await import(new URL('pagefind.js', index));
    return pagefind.createInstance({ basePath: index.href, noWorker: true });
  };

  // The lessons that have the word itself; failing these, those that have one that begins with it.
  async function ask(term, filters) {
    const [exact, near] = await Promise.all([engine.search(`"${term.key}"`, { filters }), engine.search(term.key, { filters })]);
    const ids = new Set(exact.results.map((one) => one.id));
    if (ids.size) return { ...term, results: near.results.filter((one) => ids.has(one.id)), found: true, share: 1 };
    if (exact.unfilteredResultCount) return { ...term, results: [], found: true, share: 1 };
    const begins = term.key.length > 2 && near.results.length && (await shown(near.results[0]));
    const found = begins && begins.passages.some(([, text]) => matches(text, [term]).length);
    return { ...term, results: found ? near.results : [], found: Boolean(found), share: NO_EXACT_HIT };
  }

  const shown = async (result) => JSON.parse((await result.data()).filters.shown[0]);

  const matches = (text, asked) =>
    [...text.matchAll(SHOWN_WORD)].flatMap((match) => {
      const word = fold(match[0]).replace('-', '');
      const key = stem(word);
      const term = asked.find((one) => one.key === key) ?? asked.find((one) => one.share !== 1 && word.startsWith(one.key));
      return term ? [{ term, start: match.index, end: match.index + match[0].length }] : [];
    });

  async function find(query, filters) {
    engine ??= await start();
    const folded = fold(query);
    const code = folded.match(CODE);
    let asked = terms(query);
    if (code) {
      const key = code.slice(1).join('');
      const known = await engine.search(`"${key}"`);
      if (known.results.length) asked = [{ key, word: code[0] }, ...terms(folded.replace(code[0], ' '))];
    }
    if (!asked.length) {
      const all = await engine.search(`"${settings.every}"`, { filters, sort: { date: 'desc' } });
      return { asked: [], ranked: query.trim() && !Object.keys(filters).length ? [] : all.results };
    }
    const answers = await Promise.all(asked.map((term) => ask(term, filters)));
    const lessons = new Map();
    let whole = 0;
    for (const answer of answers) {
      answer.rarity = Math.log(1 + settings.lessons / Math.max(answer.results.length, 1));
      if (answer.results.length) whole += answer.rarity;
      for (const result of answer.results) {
        const lesson = lessons.get(result.id) ?? { result, score: 0, share: 0 };
        lesson.score += result.score * answer.share;
        lesson.share += answer.rarity * answer.share;
        lessons.set(result.id, lesson);
      }
    }
    const ranked = [...lessons.values()].map((one) => ({ ...one, rank: one.score * (one.share / whole) ** 2 }));
    ranked.sort((a, b) => b.rank - a.rank);
    const best = ranked.length ? ranked[0].rank : 0;
    return { asked: answers, ranked: ranked.filter((one) => one.rank > best * 0.02).map((one) => one.result) };
  }

  // The passage with the rarest words asked for; of equals, one that has its moment in the video.
  async function show(result, asked) {
    const lesson = await shown(result);
    const weigh = (text) => [...new Set(matches(text, asked).map((one) => one.term))].reduce((sum, one) => sum + one.rarity, 0);
    const passages = lesson.passages.map(([place, text], order) => ({ place, text, order, worth: weigh(text) }));
    const timed = ({ place }) => /^\d+$/.test(place);
    passages.sort((a, b) => b.worth - a.worth || timed(b) - timed(a) || a.order - b.order);
    const [best] = asked.length ? passages : passages.sort((a, b) => a.order - b.order);
    return { ...lesson, best, isMoment: timed(best) && best.worth > 0, titleSaysAll: asked.length > 0 && weigh(lesson.title) >= best.worth };
  }

  let known;
  async function nearest(word) {
    known ??= await (await fetch(new URL('words.json', index))).json();
    const wanted = fold(word).replaceAll("'", '');
    const most = wanted.length < 6 ? 1 : 2;
    return known
      .filter((one) => Math.abs(one.length - wanted.length) <= most)
      .map((one, order) => ({ one, order, away: distance(wanted, fold(one)) }))
      .filter(({ away }) => away <= most)
      .sort((a, b) => a.away - b.away || a.order - b.order)
      .slice(0, 3)
      .map(({ one }) => one);
  }

  return { find, show, nearest, matches };
}

// --- the page

function make(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

function marked(text, found) {
  const [from, to] = window_(text, found);
  const parts = [from > 0 ? '… ' : ''];
  let at = from;
  for (const { start, end } of found.filter((one) => one.start >= from && one.end <= to)) {
    parts.push(text.slice(at, start), make('mark', {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at, to), to < text.length ? ' …' : ''];
}

// The part of a long text around its first word found, cut between words.
function window_(text, found) {
  if (text.length <= LONGEST_EXCERPT) return [0, text.length];
  const about = Math.max((found[0]?.start ?? 0) - LONGEST_EXCERPT / 3, 0);
  const from = about ? text.indexOf(' ', about) + 1 : 0;
  const to = text.lastIndexOf(' ', from + LONGEST_EXCERPT);
  return [from, text.length - from <= LONGEST_EXCERPT ? text.length : Math.max(to, found[0]?.end ?? 0)];
}

const clock = (seconds) => {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
};

function search(section) {
  const part = (name) => section.querySelector(`.search__${name}`);
  const [form, status, help, list, more, without] = ['form', 'status', 'help', 'results', 'more', 'without'].map(part);
  const settings = JSON.parse(section.dataset.settings);
  const language = document.documentElement.lang;
  const { find, show, nearest, matches } = finder(new URL(section.dataset.index, location.href), settings);
  const title = document.title;
  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, () => value), settings.text[key]);
  const count = (number) => say(`found.${new Intl.PluralRules(language).select(number) === 'one' ? 'one' : 'other'}`, { count: number });
  let turn = 0;
  let rest = [];

  const asked = () => new URLSearchParams([...new FormData(form)].map(([key, value]) => [key, value.trim()]).filter(([, value]) => value));

  function fill(parameters) {
    for (const field of form.elements) {
      if (field.name) field.value = parameters.get(field.name) ?? '';
      if (field.name && field.selectedIndex === -1) field.value = '';
    }
  }

  async function item(result, terms) {
    const lesson = await show(result, terms);
    const { best } = lesson;
    const address = section.dataset.lessons + `${lesson.code.toLowerCase()}/`;
    const there = `${address}?t=${best.place}`;
    const opensThere = lesson.isMoment && !lesson.titleSaysAll;
    const heading = make('h2', {}, make('a', { href: opensThere ? there : address }, ...marked(lesson.title, matches(lesson.title, terms))));
    const excerpt = make('p', { className: 'search__excerpt' });
    if (lesson.isMoment) excerpt.append(make('span', { className: 'search__place' }, say('in-transcript', { clock: clock(Number(best.place)) })), ' ');
    excerpt.append(...marked(best.text, matches(best.text, terms)));
    const facts = make('p', { className: 'search__facts' }, lesson.facts.join(' · '));
    const moment = make('p', { className: 'search__moment' });
    if (lesson.isMoment && !opensThere) moment.append(make('a', { href: there }, say('moment', { clock: clock(Number(best.place)) })));
    return make('li', {}, heading, excerpt, ...(moment.childNodes.length ? [moment] : []), facts);
  }

  async function next(terms, mine) {
    const items = await Promise.all(rest.splice(0, STEP).map((result) => item(result, terms)));
    if (mine !== turn) return null;
    list.append(...items);
    more.hidden = !rest.length;
    return items[0];
  }

  const toCatalogue = () => make('p', {}, make('a', { href: section.dataset.lessons }, say('to-catalogue')));

  async function advise(terms, query) {
    const lines = [];
    for (const term of terms.filter((one) => !one.found)) {
      const near = await nearest(term.word);
      const links = near.map((word) => {
        const parameters = asked();
        parameters.set('q', query.replace(term.word, () => word));
        return make('li', {}, make('a', { href: `?${parameters}` }, word));
      });
      if (terms.length > 1) lines.push(make('p', {}, say('word-unknown', { word: term.word })));
      if (links.length) lines.push(make('p', {}, say('nearest')), make('ul', { className: 'search__near' }, ...links));
    }
    return lines;
  }

  async function run() {
    const mine = (turn += 1);
    const parameters = asked();
    const query = parameters.get('q') ?? '';
    document.title = query ? `${query} – ${title}` : title;
    list.replaceChildren();
    help.replaceChildren();
    help.hidden = more.hidden = true;
    status.textContent = '';
    if (![...parameters].length) return;
    list.setAttribute('aria-busy', 'true');
    const patience = setTimeout(() => { status.textContent = say('waiting'); }, 600);
    try {
      const filters = Object.fromEntries([...parameters].filter(([key]) => key !== 'q'));
      const { asked: terms, ranked } = await find(query, filters);
      const lines = await advise(terms, query);
      if (mine !== turn) return;
      rest = [...ranked];
      if (!ranked.length) lines.push(make('p', {}, say('fewer')), toCatalogue());
      const total = ranked.length;
      await next(terms, mine);
      if (mine !== turn) return;
      help.replaceChildren(...lines);
      help.hidden = !lines.length;
      const nothing = query ? say('nothing', { query }) : say('nothing-chosen');
      const found = query ? say('for', { found: count(total), query }) : `${count(total)}.`;
      status.textContent = total ? found : nothing;
      more.onclick = async () => (await next(terms, turn))?.querySelector('a').focus();
    } catch (error) {
      console.warn(error);
      form.hidden = true;
      without.hidden = false;
      status.textContent = '';
    } finally {
      clearTimeout(patience);
      if (mine === turn) list.setAttribute('aria-busy', 'false');
    }
  }

  form.hidden = false;
  without.hidden = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const query = String(asked());
    history.pushState(null, '', query ? `?${query}` : location.pathname);
    run();
  });
  const follow = () => {
    fill(new URLSearchParams(location.search));
    run();
  };
  addEventListener('popstate', follow);
  follow();
}

for (const section of document.querySelectorAll('[data-search]')) search(section);
