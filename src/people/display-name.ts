import type { Identity } from './identity.ts'

/** How people call somebody: the common name, the parts of it, or the user name. */
export function displayNameOf({ userName, attributes }: Pick<Identity, 'userName' | 'attributes'>): string {
  const { cn, givenName, sn } = attributes
  const parts = [givenName, sn].filter(isText).join(' ')
  return [cn, parts].find(isText) ?? userName
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
