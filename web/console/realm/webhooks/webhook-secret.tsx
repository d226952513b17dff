import './webhook-fields.css'
import { CopyField } from '../../../design/copy-field.tsx'

type Props = {
  secret: string
  /** What it is, in a sentence. */
  explanation: string
}

/** The secret of a receiver, made just now. The server never tells it again. */
export function WebhookSecret({ secret, explanation }: Props) {
  return (
    <div className="receiver-secret">
      {/* Read out first, and no key that is pressed once too often closes what is shown only once. */}
      <p tabIndex={-1} data-autofocus>
        {explanation} It is shown this once and never again.
      </p>
      <CopyField text={secret} label="Secret" />
      <p className="about">
        Give it to the receiver now: by it, the receiver knows that a message is from here and unchanged.
      </p>
    </div>
  )
}
