import type { Json } from '../contract/json-schema.ts'
import { type Html, html } from './html.ts'

/** What a page says of a schema, in the reader's language. */
export interface SchemaWords {
  readonly required: string
  readonly oneOf: string
  readonly nothing: string
}

/** Bounds that are worth a word beside the type. A pattern is said as it is: it is the very rule. */
const BOUNDS = ['format', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern', 'default'] as const
/** What zod writes for `int()`: no rule of ours. */
const ANY_INTEGER = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : [])
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON Schema as nested lists: each field, its type, its bounds. */
export const schemaHtml = (schema: Json, words: SchemaWords): Html => {
  const inner = insideOf(schema, words)
  return html`<p>${typeOf(schema)}${boundsOf(schema)}</p>${inner ?? (schema.type === 'object' ? html`<p>${words.nothing}</p>` : undefined)}`
}

/** The fields of an object, what a list holds, or each of several possibilities; undefined where the type says all. */
const insideOf = (schema: Json, words: SchemaWords): Html | undefined => {
  const choices = list(schema.oneOf ?? schema.anyOf)
  if (choices.length > 0 && choices.some(isNested))
    return html`<p>${words.oneOf}</p><ol>${choices.map(choice => html`<li>${schemaHtml(choice, words)}</li>`)}</ol>`
  if (isJson(schema.items)) return insideOf(schema.items, words)
  if (!isJson(schema.properties)) return undefined
  const required = Array.isArray(schema.required) ? schema.required : []
  const fields = Object.entries(schema.properties).filter((field): field is [string, Json] => isJson(field[1]))
  if (fields.length === 0) return undefined
  return html`<ul>${fields.map(
    ([name, field]) =>
      html`<li><b>${name}</b> ${typeOf(field)}${boundsOf(field)}${
        required.includes(name) ? html` <i>${words.required}</i>` : undefined
      }${field.description === undefined ? undefined : html` <span>${String(field.description)}</span>`}${insideOf(field, words)}</li>`,
  )}</ul>`
}

const isNested = (schema: Json): boolean => schema.properties !== undefined || schema.type === 'array'

const typeOf = (schema: Json): Html => html`<code>${typeName(schema)}</code>`

const typeName = (schema: Json): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.map(each => JSON.stringify(each)).join(' | ')
  const choices = list(schema.oneOf ?? schema.anyOf)
  if (choices.length > 0) return choices.some(isNested) ? 'object' : choices.map(typeName).join(' | ')
  if (schema.type === 'array') return `${isJson(schema.items) ? typeName(schema.items) : 'any'}[]`
  return typeof schema.type === 'string' ? schema.type : 'any'
}

const boundsOf = (schema: Json): Html | undefined => {
  const bounds = BOUNDS.filter(name => schema[name] !== undefined && !ANY_INTEGER.some(limit => schema[name] === limit))
  return bounds.length === 0 ? undefined : html` <small>${bounds.map(name => `${name} ${JSON.stringify(schema[name])}`).join(', ')}</small>`
}
