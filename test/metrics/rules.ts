export interface Rule {
  readonly alert: string
  readonly expr: string
  readonly severity: string
  readonly summary: string
  readonly runbook: string
}

/** What a line of docs/ops/alerts.yml may be, in the order of a rule: more of YAML is not needed, and so not understood. */
const RULE =
  / {6}- alert: (?<alert>.+)\n {8}expr: (?<expr>.+)\n(?: {8}for: \d+[smh]\n)? {8}labels: \{ severity: (?<severity>\w+) \}\n {8}annotations:\n {10}summary: (?<summary>.+)\n {10}runbook: (?<runbook>.+)\n/y
const GROUP = / {2}- name: (?<group>[a-z-]+)\n {4}rules:\n/y
const BETWEEN = /(?: *#.*)?\n/y

/** A text without quotes ends at a `: ` or a ` #`, and must not begin with what means something to YAML. */
const textOf = (scalar: string): string => {
  if (/^"(?:[^"\\]|\\.)*"$/.test(scalar)) return JSON.parse(scalar) as string
  if (/: | #|:$|^[{}[\],&*#?|<>=!%@`"' -]/.test(scalar)) throw new Error(`must be in double quotes: ${scalar}`)
  return scalar
}

/** Reads the rules, line by line. @throws Error that names the first line it does not understand */
export const readRules = (text: string): { readonly groups: readonly string[]; readonly rules: readonly Rule[] } => {
  const rules: Rule[] = []
  const groups: string[] = []
  const body = /^(?:#.*\n)*groups:\n/.exec(text)
  let at = body?.[0].length ?? 0
  const take = (pattern: RegExp): Readonly<Record<string, string | undefined>> | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at = pattern.lastIndex
    return found ? (found.groups ?? {}) : undefined
  }
  while (body && at < text.length) {
    const group = take(GROUP)
    const rule = group ? undefined : take(RULE)
    if (group) groups.push(group.group ?? '')
    else if (rule) {
      const { alert = '', expr = '', severity = '', summary = '', runbook = '' } = rule
      rules.push({ alert: textOf(alert), expr: textOf(expr), severity, summary: textOf(summary), runbook: textOf(runbook) })
    } else if (!take(BETWEEN)) throw new Error(`line ${text.slice(0, at).split('\n').length} is no rule: ${text.slice(at).split('\n')[0]}`)
  }
  if (rules.length === 0) throw new Error('no rules')
  return { groups, rules }
}
