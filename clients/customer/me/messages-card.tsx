import { useState } from 'react'
import type { CustomerView } from '../../../server/contract/customers.ts'
import { Card } from '../../design/card.tsx'
import { Switch } from '../../design/switch.tsx'
import { useCall } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { ME_WORDS } from './me-words.ts'

export interface MessagesCardProps {
  readonly messages: CustomerView['messages']
  onChanged(): Promise<unknown>
}

/** Which messages are wanted. The switch shows what the server has been told. */
export const MessagesCard = ({ messages, onChanged }: MessagesCardProps) => {
  const words = useWords(ME_WORDS)
  const call = useCall()
  const [wanted, want] = useState<boolean>()
  const [problem, setProblem] = useState<unknown>()
  const change = async (kakao: boolean): Promise<void> => {
    want(kakao)
    setProblem(undefined)
    try {
      await call('/api/customers/me/messages', { method: 'PUT', body: { kakao } })
      await onChanged()
    } catch (error) {
      setProblem(error)
    }
    want(undefined)
  }
  return (
    <Card>
      <h2>{words.messages}</h2>
      <Switch isSelected={wanted ?? messages.kakao} isDisabled={wanted !== undefined} onChange={kakao => void change(kakao)}>
        {words.kakao}
      </Switch>
      <p className="soft small">
        {words.kakaoHint} {words.kakaoOff}
      </p>
      {problem !== undefined && <Problem error={problem} />}
    </Card>
  )
}
