/** Titles as in `docs/access.md`. `helpdesk` is an older name of `agent`. */
const titles: Readonly<Record<string, string>> = {
  admin: 'Administrator',
  'realm-admin': 'Realm administrator',
  'journey-author': 'Journey author',
  'agent-lead': 'Help desk lead',
  agent: 'Help desk agent',
  auditor: 'Auditor',
  helpdesk: 'Help desk agent',
}

/** Title of a role. Roles that only scripts use are shown by name. */
export function roleTitle(role: string): string {
  return Object.hasOwn(titles, role) ? (titles[role] ?? role) : role
}

/** Built-in roles that take effect in the realm. */
export function rolesOfRealm(realm: string): readonly string[] {
  const common = ['agent-lead', 'agent', 'auditor']
  return realm === '/' ? ['admin', ...common] : ['realm-admin', 'journey-author', ...common]
}
