import { useState } from 'react'
import type { Cause } from '../../../server/contract/cause.ts'
import type { OrderStory } from '../../../server/contract/order-story.ts'
import { Badge } from '../../design/badge.tsx'
import { Switch } from '../../design/switch.tsx'
import { useLanguage, useWords } from '../../web/language.tsx'
import { STATUS_WORDS } from '../../web/status-words.ts'
import { Panel } from '../parts/page.tsx'
import { lapseOf, secondOf } from '../parts/time.ts'
import { AsideLine } from './aside-line.tsx'
import { type Chapter, chaptersOf, type Step } from './story.ts'
import { STORY_WORDS, type StoryWords } from './story-words.ts'
import './story.css'

/** The whole story of an order: who did what, when, caused by what, and what that led to. */
export const StoryList = ({ story: { entries, source, messagesKnown } }: { readonly story: OrderStory }) => {
  const words = useWords(STORY_WORDS)
  const [all, setAll] = useState(false)
  return (
    <Panel
      title={words.title}
      aside={
        <Switch isSelected={all} onChange={setAll}>
          <span className="small">{words.all}</span>
        </Switch>
      }
    >
      {source === 'archive' && <p className="soft small">{words.archived}</p>}
      {!messagesKnown && <p className="soft small">{words.noMessages}</p>}
      <ol className="story">
        {chaptersOf(entries, all).map(chapter => (
          <ChapterItem key={chapter.step ? `v${chapter.step.version}` : `${chapter.at} ${chapter.asides[0]?.kind}`} chapter={chapter} />
        ))}
      </ol>
    </Panel>
  )
}

const ChapterItem = ({ chapter: { at, step, afterMs, from, asides } }: { readonly chapter: Chapter }) => {
  const words = useWords(STORY_WORDS)
  const { language } = useLanguage()
  return (
    <li className="story-chapter" id={step && `v${step.version}`}>
      <div className="story-when number">
        <time dateTime={at}>{secondOf(at, language)}</time>
        {afterMs !== undefined && (
          <span className="soft small">{words.after(afterMs < 1_000 ? `${afterMs} ms` : lapseOf(afterMs, language))}</span>
        )}
      </div>
      <div className="story-what">
        {step && <StepHead step={step} from={from} />}
        {asides.length > 0 && (
          <ul className="story-asides">
            {asides.map((aside, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: asides have no name of their own, and keep their order
              <AsideLine key={i} aside={aside} />
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

const StepHead = ({ step, from }: { readonly step: Step; readonly from: string | undefined }) => {
  const words = useWords(STORY_WORDS)
  const statuses: Readonly<Record<string, string>> = useWords(STATUS_WORDS)
  const { version, event, status, by, requestId, cause } = step
  return (
    <>
      <p className="story-step">
        <span className="code soft">{words.step(version)}</span>
        <strong>{words.events[event] ?? event}</strong>
        {from !== undefined && (
          <Badge tone="info">
            {statuses[from]} → {statuses[status]}
          </Badge>
        )}
        <span className="code soft">{event}</span>
      </p>
      <p className="small soft">
        {words.by(by.role === 'system' ? `${words.system} (${by.id})` : `${words.roles[by.role] ?? by.role} ${by.id}`)}
        {' · '}
        {causeText(cause, words)}
        {cause.version !== undefined && cause.kind !== 'tell' && (
          <>
            {' '}
            <a href={`#v${cause.version}`}>{words.cause.from(cause.version)}</a>
          </>
        )}
        {requestId !== undefined && (
          <>
            {' · '}
            <span className="code">{words.request(requestId)}</span>
          </>
        )}
      </p>
    </>
  )
}

const causeText = ({ kind, name = '' }: Cause, { cause, works }: StoryWords): string =>
  kind === 'request' ? cause.request : cause[kind](works[name] ?? name)
