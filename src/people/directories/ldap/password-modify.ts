import { Attribute, BerWriter, Change, type Client, type Control, ProtocolError } from 'ldapts'

/** Source: RFC 3062, "LDAP Password Modify Extended Operation". */
const passwordModify = '1.3.6.1.4.1.4203.1.11.1'

export type NewPassword = {
  dn: string
  /** undefined if the bound account may set the passwords of others. */
  old: string | undefined
  fresh: string
}

/** Sets a password as the bound account. Servers without the operation get a plain modification. */
export async function modifyPassword(
  client: Client,
  change: NewPassword,
  controls: Control[] = [],
): Promise<void> {
  try {
    await client.exop(passwordModify, requestValue(change), controls)
  } catch (error) {
    // Servers answer an unknown operation with this error. Source: RFC 4511, "Extended Operation".
    if (!(error instanceof ProtocolError)) throw error
    const modification = new Attribute({ type: 'userPassword', values: [change.fresh] })
    await client.modify(change.dn, new Change({ operation: 'replace', modification }), controls)
  }
}

/** The tag of each field is its position. Source: RFC 3062, "Password Modify Request and Response". */
function requestValue({ dn, old, fresh }: NewPassword): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  for (const [position, text] of [dn, old, fresh].entries()) {
    if (text !== undefined) writer.writeString(text, 0x80 + position)
  }
  writer.endSequence()
  return writer.buffer
}
