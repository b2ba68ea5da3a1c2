import { createHash } from 'node:crypto'
import type { Locale } from '../contract/errors.ts'
import type { Json } from '../contract/json-schema.ts'
import { DOCS_WORDS, type DocsWords } from './docs-words.ts'
import { Html, html } from './html.ts'
import { schemaHtml } from './schema-html.ts'

const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
summary{cursor:pointer;padding:.25rem 0}
details{border-bottom:1px solid #8886}
details>:not(summary){margin-left:1rem}
h3,h4{margin:.75rem 0 .25rem}
p,ul,ol{margin:.25rem 0}
ul,ol{padding-left:1.25rem}
code{font-size:.875em}
small,span{opacity:.75}`

/** Nothing but text and this one style: no script, no image, no frame, no other host. */
export const DOCS_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

interface Documents {
  readonly openapi: Json
  readonly asyncapi: Json
}

/** Both documents of the contract as one page of plain HTML. */
export const docsPage = ({ openapi, asyncapi }: Documents, locale: Locale): string => {
  const words = DOCS_WORDS[locale]
  return html`<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title><style>${new Html(STYLE)}</style></head>
<body>
<h1>${words.title}</h1>
<p>${words.intro} <a href="/api/openapi.json">OpenAPI ${String(openapi.openapi)}</a>, <a href="/api/asyncapi.json">AsyncAPI ${String(asyncapi.asyncapi)}</a></p>
<p>${String(at(openapi, 'info').description)}</p>
<h2>${words.calls}</h2>
${callsOf(openapi).map(call => callHtml(call, words))}
<h2>${words.events}</h2>
<p>${String(at(asyncapi, 'info').description)}</p>
<p>${String(at(asyncapi, 'channels', 'socket').description)}</p>
<h3>${words.told}</h3>
${operationsOf(asyncapi, 'send').map(operation => eventHtml(asyncapi, operation, words))}
<h3>${words.asked}</h3>
${operationsOf(asyncapi, 'receive').map(operation => eventHtml(asyncapi, operation, words))}
</body>
</html>
`.text
}

/** A part of a document by its keys. @throws Error when it is not there: the documents are ours */
const at = (from: Json, ...keys: readonly string[]): Json => {
  let part: unknown = from
  for (const key of keys) part = (part as Json | undefined)?.[key]
  if (typeof part !== 'object' || part === null) throw new Error(`the document has no ${keys.join('/')}`)
  return part as Json
}
const values = (part: unknown): readonly Json[] => Object.values(part ?? {})

interface Call {
  readonly method: string
  readonly path: string
  readonly described: Json
}
const callsOf = (openapi: Json): readonly Call[] =>
  Object.entries(at(openapi, 'paths')).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Json>).map(([method, described]) => ({ method: method.toUpperCase(), path, described })),
  )

const callHtml = ({ method, path, described }: Call, words: DocsWords): Html => {
  const answers = Object.entries(at(described, 'responses')) as [string, Json][]
  const good = answers.filter(([status]) => Number(status) < 400)
  const bad = answers.filter(([status]) => Number(status) >= 400)
  return html`<details><summary><b>${method}</b> <code>${path}</code> ${String(described.summary)}</summary>
<h4>${words.who}</h4><p>${described.description === undefined ? words.anyone : String(described.description)}</p>
${parametersHtml(described, words)}
${described.requestBody === undefined ? undefined : html`<h4>${words.body}</h4>${contentHtml(at(described, 'requestBody'), words)}`}
<h4>${words.answers}</h4>
${good.map(([status, answer]) => html`<p><b>${status}</b> ${String(answer.description)}</p>${contentHtml(answer, words)}`)}
<h4>${words.errors}</h4><ul>${bad.map(([status, answer]) => html`<li><b>${status}</b> ${String(answer.description)}</li>`)}</ul>
</details>
`
}

const parametersHtml = ({ parameters }: Json, words: DocsWords): Html | undefined => {
  const all = values(parameters)
  if (all.length === 0) return undefined
  return html`<h4>${words.parameters}</h4><ul>${all.map(
    ({ name, in: where, required, description, schema }) =>
      html`<li><b>${String(name)}</b> <small>${String(where)}</small>${required ? html` <i>${words.required}</i>` : undefined} ${
        description === undefined ? undefined : String(description)
      }${schemaHtml(schema as Json, words)}</li>`,
  )}</ul>`
}

/** Of a body or an answer; one without content, such as 304, has nothing to show. */
const contentHtml = ({ content }: Json, words: DocsWords): readonly Html[] =>
  Object.entries((content ?? {}) as Record<string, Json>).map(
    ([type, { schema }]) => html`<p><small>${type}</small></p>${schemaHtml(schema as Json, words)}`,
  )

const operationsOf = (asyncapi: Json, action: 'send' | 'receive'): readonly Json[] =>
  values(asyncapi.operations).filter(operation => operation.action === action)

const eventHtml = (asyncapi: Json, operation: Json, words: DocsWords): Html => {
  const payloads = (from: Json) => values(from.messages).map(reference => schemaHtml(payloadOf(asyncapi, reference), words))
  return html`<details><summary><code>${String(operation.title)}</code> ${String(operation.summary)}</summary>
<h4>${words.who}</h4><p>${String(operation.description)}</p>
<h4>${words.payload}</h4>${payloads(operation)}
${operation.reply === undefined ? undefined : html`<h4>${words.ack}</h4>${payloads(at(operation, 'reply'))}`}
</details>
`
}

/** @param reference `#/channels/socket/messages/order` */
const payloadOf = (asyncapi: Json, reference: Json): Json => at(asyncapi, ...String(reference.$ref).split('/').slice(1), 'payload')
