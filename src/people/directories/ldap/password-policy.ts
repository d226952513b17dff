import { type BerReader, Control } from 'ldapts'
import type { PasswordAge } from '../../../nodes/ports/outside-ports.ts'

const oid = '1.3.6.1.4.1.42.2.27.8.5.1'

const warningTag = 0xa0
const errorTag = 0x81
const secondsTag = 0x80

/** Errors by number. Source: "Password Policy for LDAP Directories", Response Control. */
const errors = [
  'passwordExpired',
  'accountLocked',
  'changeAfterReset',
  'passwordModNotAllowed',
  'mustSupplyOldPassword',
  'insufficientPasswordQuality',
  'passwordTooShort',
  'passwordTooYoung',
  'passwordInHistory',
] as const

/** Requests the state of a password, and keeps the server's response. Each request needs its own instance. */
export class PasswordPolicyControl extends Control {
  error: (typeof errors)[number] | undefined
  warning: Extract<PasswordAge, { kind: 'expiring' | 'grace' }> | undefined

  constructor() {
    super(oid)
  }

  override parseControl(reader: BerReader): void {
    if (reader.readSequence() === null) return
    if (reader.remain > 0 && reader.peek() === warningTag) {
      reader.readSequence(warningTag)
      const isSeconds = reader.peek() === secondsTag
      const value = reader.readTag(reader.peek() ?? secondsTag) ?? 0
      this.warning = isSeconds ? { kind: 'expiring', seconds: value } : { kind: 'grace', signIns: value }
    }
    if (reader.remain > 0 && reader.peek() === errorTag) this.error = errors[reader.readTag(errorTag) ?? -1]
  }
}
