/** First and last name, or the username if both are missing. */
export function personName(person: { [member: string]: unknown }): string {
  const { givenName, sn, userName } = person
  const names = [givenName, sn].filter((name) => typeof name === 'string' && name !== '')
  return names.length > 0 ? names.join(' ') : String(userName ?? '')
}
