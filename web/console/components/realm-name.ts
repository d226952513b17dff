/** What people call a realm: its path, and the root realm by its own name. */
export function realmName(realm: string): string {
  return realm === '/' ? 'Root realm' : realm.slice(1)
}
