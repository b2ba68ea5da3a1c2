import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')

export interface Source {
  /** From the root, with slashes: `actors/log.ts`. */
  readonly path: string
  readonly text: string
}

/** Every TypeScript file below these top-level folders. */
export const sourcesIn = (...folders: readonly string[]): Source[] =>
  folders.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
      .map(entry => join(entry.parentPath, entry.name))
      .map(file => ({ path: relative(ROOT, file).split(sep).join('/'), text: readFileSync(file, 'utf8') })),
  )

/** A string, or a comment. A quoted string ends with its line, so that a quote inside a regular expression hides little. */
const STRING_OR_COMMENT = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/.*|\/\*[\s\S]*?\*\//g

/** The text with its comments blanked out; lines stay where they are. */
export const withoutComments = (text: string): string =>
  text.replace(STRING_OR_COMMENT, found => (found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found))

/** Lines count from 1. */
export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** Where a pattern occurs outside comments: `server/main.ts:12 console.log`. @param pattern must be global */
export const occurrences = (sources: readonly Source[], pattern: RegExp): string[] =>
  sources.flatMap(({ path, text }) => {
    const code = withoutComments(text)
    return [...code.matchAll(pattern)].map(match => `${path}:${lineAt(code, match.index)} ${match[0]}`)
  })
