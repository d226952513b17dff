/** Members of private and symmetric keys. Source: RFC 7518, section 6, and RFC 8037. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

/** Whether a JWK holds what only its owner may know. */
export function isPrivateKey(jwk: object): boolean {
  return privateMembers.some((name) => Object.hasOwn(jwk, name))
}
