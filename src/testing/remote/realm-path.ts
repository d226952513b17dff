/** The path of a realm in AM's REST API. */
export function realmPath(realm: string): string {
  const names = ['root', ...realm.split('/').filter((name) => name !== '')]
  return `/am/json${names.map((name) => `/realms/${encodeURIComponent(name)}`).join('')}`
}
