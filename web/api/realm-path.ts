/** The path of a realm's resources: `/am/json/realms/root/realms/alpha` for `/alpha`. */
export function realmPath(realm: string): string {
  const names = realm.split('/').filter((name) => name !== '')
  return ['/am/json/realms/root', ...names.flatMap((name) => ['realms', encodeURIComponent(name)])].join('/')
}

/** The managed object type of a realm's people: `alpha_user` for `/alpha`, `user` for the root realm. */
export function userObject(realm: string): string {
  const name = realm.replace(/^\//, '')
  return name === '' ? 'user' : `${name}_user`
}
