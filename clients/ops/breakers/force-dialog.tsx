import { useSWRConfig } from 'swr'
import type { BreakerView, ForceBody } from '../../../server/contract/breakers.ts'
import { useTell } from '../../design/notices.tsx'
import { useCall } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import { BREAKERS, isOf } from '../parts/reads.ts'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { BREAKER_WORDS, type BreakerAct } from './breaker-words.ts'

interface ForceDialogProps {
  readonly breaker: BreakerView
  readonly act: BreakerAct
  readonly onClose: () => void
}

/** Says what it will do to customers, and does it when there is a reason. */
export const ForceDialog = ({ breaker: { name }, act, onClose }: ForceDialogProps) => {
  const words = useWords(BREAKER_WORDS)
  const call = useCall()
  const tell = useTell()
  const { mutate } = useSWRConfig()
  const force = async (reason: string): Promise<void> => {
    const path = `${BREAKERS}/${name}`
    if (act === 'release') await call<BreakerView>(`${path}/release`, { method: 'POST', body: { reason } })
    else await call<BreakerView>(`${path}/force`, { method: 'POST', body: { state: act, reason } satisfies ForceBody })
    tell({ key: `breaker ${name}`, tone: 'good', text: words.done[act](words.names[name]) })
    void mutate(isOf(BREAKERS))
  }
  return (
    <ReasonDialog
      title={words.asks[act](words.names[name])}
      act={words.acts[act]}
      look={act === 'release' ? 'primary' : 'danger'}
      onClose={onClose}
      onAct={force}
    >
      <ul>
        {words.effects[name][act].map(effect => (
          <li key={effect}>{effect}</li>
        ))}
        {act !== 'release' && <li>{words.stays}</li>}
      </ul>
    </ReasonDialog>
  )
}
