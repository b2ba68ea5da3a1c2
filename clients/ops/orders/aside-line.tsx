import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Badge } from '../../design/badge.tsx'
import { type Language, useLanguage, useWords } from '../../web/language.tsx'
import { STATUS_WORDS } from '../../web/status-words.ts'
import { secondOf } from '../parts/time.ts'
import type { Aside } from './story.ts'
import { STORY_WORDS, type StoryWords } from './story-words.ts'

const TONES: Readonly<Record<string, 'good' | 'bad' | 'wait' | 'info' | 'plain'>> = {
  waiting: 'info',
  done: 'good',
  failed: 'bad',
  dropped: 'plain',
  givenUp: 'bad',
  fired: 'wait',
  cancelled: 'plain',
  sending: 'info',
  sent: 'good',
  unknown: 'wait',
  refused: 'bad',
  delivered: 'good',
}

interface Line {
  readonly what: ReactNode
  readonly end?: { readonly word: string; readonly tone: string }
  readonly more?: readonly string[]
  /** Where something can be done about it. */
  readonly href?: string
}

/** Something that a step led to, and how it ended. */
export const AsideLine = ({ aside }: { readonly aside: Aside }) => {
  const words = useWords(STORY_WORDS)
  const statuses = useWords(STATUS_WORDS)
  const { language } = useLanguage()
  const { what, end, more = [], href } = lineOf(aside, words, statuses, language)
  return (
    <li className="story-aside small">
      <span className="story-kind soft">{words.kinds[aside.kind]}</span>
      <span>{what}</span>
      {end && <Badge tone={TONES[end.tone] ?? 'plain'}>{end.word}</Badge>}
      {more.map(text => (
        <span key={text} className="soft">
          {text}
        </span>
      ))}
      {href !== undefined && <Link href={href}>{words.toLetters}</Link>}
    </li>
  )
}

const known = (...texts: readonly (string | undefined)[]): readonly string[] => texts.filter(text => text !== undefined)

const lineOf = (aside: Aside, words: StoryWords, statuses: Readonly<Record<string, string>>, language: Language): Line => {
  const became = (version: number | undefined): string | undefined => (version === undefined ? undefined : words.became(version))
  const time = (at: string | undefined): string | undefined => (at === undefined ? undefined : secondOf(at, language))
  switch (aside.kind) {
    case 'effect':
      return {
        what: words.works[aside.name] ?? aside.name,
        end: { word: words.ends[aside.end.kind] ?? aside.end.kind, tone: aside.end.kind },
        more: known(
          time(aside.end.at),
          became(aside.end.version),
          aside.attempts === undefined ? undefined : words.attempts(aside.attempts),
        ),
      }
    case 'timer':
      return {
        what: `${words.works[aside.name] ?? aside.name} ${words.due(secondOf(aside.dueAt, language))}`,
        end: { word: words.ends[aside.end.kind] ?? aside.end.kind, tone: aside.end.kind },
        more: known(time(aside.end.at), became(aside.end.version)),
      }
    case 'tell':
      return {
        what: words.told(aside.to, aside.event),
        end: aside.heard ? { word: words.heard, tone: 'done' } : { word: words.unheard, tone: 'unknown' },
        more: known(time(aside.heard?.at)),
      }
    case 'board':
      return { what: words.board[aside.open ? 'open' : 'closed'] }
    case 'alert':
      return { what: words.alert(aside.alerts), more: known(words.levels[aside.level]) }
    case 'message':
      return {
        what: `${aboutText(aside.about, words, statuses)} · ${words.channels[aside.channel] ?? aside.channel} · ${aside.to}`,
        end: { word: words.messages[aside.status] ?? aside.status, tone: aside.status },
        more: known(time(aside.at), aside.via === undefined ? undefined : words.via(aside.via), aside.statusCode),
      }
    case 'deadLetter':
      return {
        what: `${words.works[aside.src] ?? aside.src} · ${aside.reason}`,
        end: { word: words.attempts(aside.attempts), tone: aside.retried ? 'plain' : 'givenUp' },
        more: known(time(aside.at), aside.retried && words.retried(aside.retried.by, aside.retried.why), time(aside.retried?.at)),
        ...(aside.retried ? {} : { href: `/dead-letters?letter=${encodeURIComponent(aside.id)}` }),
      }
  }
}

/** `placed` is a status, `alert-3` the third call, anything else has a word of its own. */
const aboutText = (about: string, words: StoryWords, statuses: Readonly<Record<string, string>>): string => {
  const [, call] = /^alert-(\d+)$/.exec(about) ?? []
  return call === undefined ? (statuses[about] ?? words.about[about] ?? about) : words.alertAbout(call)
}
