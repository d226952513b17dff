import './webhook-fields.css'
import { CopyField } from '../../../design/copy-field.tsx'

type Props = {
  secret: string
  /** Introduces the secret. */
  explanation: string
}

/** A newly created secret. It can't be read again later. */
export function WebhookSecret({ secret, explanation }: Props) {
  return (
    <div className="webhook-secret stack gap-3">
      {/* Has the focus, so that screen readers start here and a repeated Enter doesn't close the dialog. */}
      <p tabIndex={-1} data-autofocus>
        {explanation} You won’t see it again.
      </p>
      <CopyField text={secret} label="Secret" />
      <p className="about note">
        Configure it at the endpoint, which uses it to verify that requests come from this server and are
        unchanged.
      </p>
    </div>
  )
}
