/** What PromQL itself says, and the labels that `by`, `on` and their like name. */
const STRINGS = /"(?:[^"\\]|\\.)*"/g
const BRACES = /\{[^}]*\}/g
const RANGES = /\[[^\]]*\]/g
const GROUPINGS = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g
const FUNCTIONS = /\b[a-z_]\w*(?=\s*\()/g
const OPERATORS = /\b(?:and|or|unless|bool|offset)\b/g
const NAMES = /\b[a-zA-Z_:][\w:]*/g

/** The metrics that an expression asks for, with what a histogram hangs on them taken away. */
export const metricsIn = (expression: string): string[] => {
  const bare = [STRINGS, BRACES, RANGES, GROUPINGS, FUNCTIONS, OPERATORS].reduce(
    (text, pattern) => text.replaceAll(pattern, ' '),
    expression,
  )
  const numbers = bare.replaceAll(/\b\d[\w.]*/g, ' ')
  return [...new Set((numbers.match(NAMES) ?? []).map(name => name.replace(/_(bucket|sum|count)$/, '')))]
}

/** The labels that it selects or groups by. */
export const labelsIn = (expression: string): string[] => {
  const selected = [...expression.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label = '']) => label)
  const grouped = [...expression.matchAll(GROUPINGS)].flatMap(([group]) => group.slice(group.indexOf('(') + 1, -1).split(','))
  return [...new Set([...selected, ...grouped.map(label => label.trim())])].filter(label => label !== '')
}
