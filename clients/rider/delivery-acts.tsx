import { useState } from 'react'
import { useLocation } from 'wouter'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { HoldButton } from '../design/hold-button.tsx'
import { useWords } from '../web/language.tsx'
import type { Step } from './delivery-step.ts'
import { DELIVERY_WORDS } from './delivery-words.ts'
import { useTaps } from './taps-context.tsx'
import { UnsentTaps } from './unsent-taps.tsx'
import './delivery-acts.css'

/** The one big thing to do now, always at the thumb. It goes by way of the queue, so a tunnel loses nothing. */
export const DeliveryActs = ({ order: { id: orderId }, step }: { readonly order: OrderView; readonly step: Step }) => {
  const { tap } = useTaps()
  const words = useWords(DELIVERY_WORDS)
  const [, go] = useLocation()
  const [asking, setAsking] = useState(false)
  const toStore = step.leg === 'toStore'
  return (
    <div className="delivery-acts">
      <UnsentTaps step={step} />
      <HoldButton
        key={step.leg}
        hint={words.hold}
        isDisabled={step.releasing}
        onHeld={() => {
          tap({ name: toStore ? 'pick' : 'deliver', orderId })
          if (!toStore) go(`/orders/${orderId}`) // where it says how that ended
        }}
      >
        {toStore ? words.picked : words.delivered}
      </HoldButton>
      {toStore && (
        <Button look="bare" wide isDisabled={step.releasing} onPress={() => setAsking(true)}>
          {words.release}
        </Button>
      )}
      <Dialog title={words.releaseAsk} isOpen={asking} onClose={() => setAsking(false)} look="sheet">
        <p>{words.releaseWhy}</p>
        <Button
          look="danger"
          size="large"
          wide
          onPress={() => {
            setAsking(false)
            tap({ name: 'release', orderId })
            go('/')
          }}
        >
          {words.releaseYes}
        </Button>
        <Button look="bare" wide onPress={() => setAsking(false)}>
          {words.releaseNo}
        </Button>
      </Dialog>
    </div>
  )
}
