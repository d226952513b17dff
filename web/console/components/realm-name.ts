/** Display name of a realm: `alpha` for `/alpha`, "Root realm" for `/`. */
export function realmName(realm: string): string {
  return realm === '/' ? 'Root realm' : realm.slice(1)
}
