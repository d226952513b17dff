import type { Identity } from './identity.ts'

/** The common name; otherwise given name and surname; otherwise the username. */
export function displayNameOf({ userName, attributes }: Pick<Identity, 'userName' | 'attributes'>): string {
  const { cn, givenName, sn } = attributes
  const parts = [givenName, sn].filter(isText).join(' ')
  return [cn, parts].find(isText) ?? userName
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
