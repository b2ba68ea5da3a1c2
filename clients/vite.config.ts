import { join } from 'node:path'
import { defineConfig } from 'vite'
import { APPS } from './apps.ts'
import { sharedPage } from './shared-page.ts'

const page = (app: string): string => join(import.meta.dirname, app, 'index.html')

/** One build of the four apps, so that what they share is fetched once. build.ts says where to. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  plugins: [sharedPage],
  build: {
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0, // nothing inline: the pages' policy forbids it
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_400, // the map, which is fetched when somebody looks at it
    rolldownOptions: {
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning), // 'use client' of a library: there is no server
      input: { ...Object.fromEntries(APPS.map(app => [app, page(app)])), sw: join(import.meta.dirname, 'worker', 'service-worker.ts') },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
})
