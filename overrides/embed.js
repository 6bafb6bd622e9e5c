// <micro-lesson code="TRN1-V13" lang="fr" part="cards">: a lesson, or a part of it, in another site's page.
// It makes a frame and keeps it as tall as what it shows. It adds no name but the element's.
(() => {
  'use strict';
  const home = new URL('.', document.currentScript.src);
  const parts = { lesson: '', video: '-video', cards: '-cards', checklist: '-checklist', transcript: '-transcript' };
  const names = { fr: 'Microleçon', en: 'Micro-lesson' };
  const MOST = 50000; // CSS pixels: taller than any lesson, and no page is broken by it

  const isSize = ({ type, height, title, lang }) => type === 'size' && Number.isInteger(height) && height > 0
    && height <= MOST && typeof title === 'string' && title.length < 500 && Object.hasOwn(names, lang);

  class MicroLesson extends HTMLElement {
    static observedAttributes = ['code', 'lang', 'part'];
    #root = this.attachShadow({ mode: 'open' });
    #frame;

    // Only the frame's own page is heard, from the site's own origin, in the shape agreed.
    #hear = ({ data, origin, source }) => {
      const frame = this.#frame;
      if (!source || source !== frame?.contentWindow || origin !== home.origin || origin === 'null') return;
      if (data?.microLesson !== 1) return;
      if (data.type === 'ready') source.postMessage({ microLesson: 1, type: 'hello' }, origin);
      if (!isSize(data)) return;
      frame.style.height = `${data.height}px`;
      frame.title = data.title;
      frame.lang = data.lang;
    };

    connectedCallback() {
      addEventListener('message', this.#hear);
      this.#show();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#hear);
    }

    attributeChangedCallback(name, before, now) {
      if (this.isConnected && before !== now) this.#show();
    }

    #show() {
      const code = this.getAttribute('code') ?? '';
      const part = this.getAttribute('part') || 'lesson';
      const near = this.closest('[lang]')?.lang || navigator.language;
      const lang = /^fr\b/i.test(near) ? 'fr' : 'en';
      this.#frame = undefined;
      this.style.display = 'block';
      if (!/^[a-z0-9]+-[a-z0-9]+$/i.test(code) || !Object.hasOwn(parts, part)) {
        console.error(`<micro-lesson code="${code}" part="${part}">: no such lesson or part.`);
        this.#root.replaceChildren(document.createElement('slot'));
        return;
      }
      const frame = document.createElement('iframe');
      frame.title = `${names[lang]} ${code}`;
      frame.lang = lang;
      frame.loading = 'lazy';
      frame.allow = 'fullscreen; clipboard-write';
      frame.referrerPolicy = 'strict-origin';
      // On the lessons' own site, as a preview, a sandbox would hold nothing: browsers warn of it.
      if (home.origin !== location.origin) frame.sandbox = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals';
      frame.style.cssText = 'display:block;width:100%;height:600px;border:0';
      frame.src = new URL(`${lang}/${code.toLowerCase()}/embed${parts[part]}.html`, home);
      this.#frame = frame;
      this.#root.replaceChildren(frame);
    }
  }

  if (!customElements.get('micro-lesson')) customElements.define('micro-lesson', MicroLesson);
})();
