import { useState } from 'react'
import { Badge } from '../../design/badge.tsx'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { RadioGroup } from '../../design/radio-group.tsx'
import { newKey } from '../../shared/new-key.ts'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { PAY_WORDS } from './pay-words.ts'
import { STAND_IN_CARDS, type StandInCard, standInKey } from './payment-key.ts'

export interface StandInPaymentProps {
  readonly total: number
  readonly isBusy: boolean
  onPay(paymentKey: string): void
}

const CARDS = Object.keys(STAND_IN_CARDS) as StandInCard[]

/** In place of a provider's page: one says what the card shall do. */
export const StandInPayment = ({ total, isBusy, onPay }: StandInPaymentProps) => {
  const words = useWords(PAY_WORDS)
  const { language } = useLanguage()
  const [card, choose] = useState<StandInCard>('approve')
  return (
    <Card>
      <p>
        <Badge tone="info">{words.standIn}</Badge>
      </p>
      <p className="soft small">{words.standInText}</p>
      <RadioGroup
        label={words.card}
        value={card}
        options={CARDS.map(value => ({
          value,
          text: (
            <>
              {words.cards[value]} <span className="soft small">· {words.cardHints[value]}</span>
            </>
          ),
        }))}
        onChange={value => choose(CARDS.find(known => known === value) ?? 'approve')}
      />
      <Button look="primary" size="large" wide isPending={isBusy} onPress={() => onPay(standInKey(card, newKey()))}>
        {words.pay(won(total, language))}
      </Button>
    </Card>
  )
}
