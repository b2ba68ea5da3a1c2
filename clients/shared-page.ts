import { basename, dirname } from 'node:path'
import type { HtmlTagDescriptor, Plugin } from 'vite'

const head = (tag: string, attrs: Readonly<Record<string, string>>): HtmlTagDescriptor => ({ tag, attrs, injectTo: 'head' })
const body = (tag: string, attrs: Readonly<Record<string, string>>, children = ''): HtmlTagDescriptor => ({
  tag,
  attrs,
  children,
  injectTo: 'body',
})

/** What is the same in the page of every app; its own index.html says what it is called and what it is for. */
export const sharedPage: Plugin = {
  name: 'shared-page',
  transformIndexHtml: {
    order: 'pre', // its script is built like any other
    handler: (_page, { filename }) => [
      head('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1, viewport-fit=cover' }),
      head('meta', { name: 'color-scheme', content: 'light dark' }),
      head('meta', { name: 'theme-color', content: '#0b7a5c' }),
      // React Aria writes a style of its own into a page that has nothing of this id; our policy forbids that, and base.css has the rule.
      head('meta', { id: 'react-aria-pressable-style', content: 'base.css' }),
      head('link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }),
      head('link', { rel: 'manifest', href: `/${basename(dirname(filename))}.webmanifest` }),
      body('div', { id: 'root' }),
      body('noscript', {}, '이 앱은 자바스크립트가 필요합니다. This app needs JavaScript.'),
      body('script', { type: 'module', src: './main.tsx' }),
    ],
  },
}
