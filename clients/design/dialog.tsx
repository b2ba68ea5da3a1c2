import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import './dialog.css'

export interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  /** Called when it is dismissed: Escape, a tap beside it, the browser's back. */
  onClose(): void
  /** `sheet`: from the bottom of a phone. */
  readonly look?: 'card' | 'sheet'
  readonly children: ReactNode
}

/** A question before all else: focus is inside, what is behind cannot be reached, and it goes back to where it was. */
export const Dialog = ({ title, isOpen, onClose, look = 'card', children }: DialogProps) => (
  <ModalOverlay className={`dialog-veil dialog-veil-${look}`} isOpen={isOpen} onOpenChange={open => !open && onClose()} isDismissable>
    <Modal className={`dialog-frame dialog-frame-${look}`}>
      <AriaDialog className="dialog">
        <Heading slot="title" level={2}>
          {title}
        </Heading>
        {children}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
)
