import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Finding } from '../../../api/journey-document.ts'
import { MarkedText } from '../../node-types/marked-text.tsx'
import { useEditorStore } from '../editor-context.tsx'
import { TurnOnButton } from '../turn-on-button.tsx'
import { Notice } from './notice.tsx'

const icons = { error: IconExclamationCircle, warning: IconAlertTriangle, hint: IconInfoCircle }
const tones = { error: 'bad', warning: 'warn', hint: 'plain' }

/** A finding beside the settings that it is about. @param children further buttons. */
export function FindingNotice({ finding, children }: { finding: Finding; children?: ReactNode }) {
  const store = useEditorStore()
  const { severity, message, remedy } = finding
  return (
    <Notice tone={tones[severity]} role="note" icon={icons[severity]} title={message}>
      <p>
        <MarkedText text={remedy} />
      </p>
      {children}
      <TurnOnButton finding={finding} onDone={() => store.getState().canvasControl?.focus()} />
    </Notice>
  )
}
