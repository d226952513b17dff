const ofRest: Readonly<Record<string, string>> = {
  keptChain: 'Authentication chains',
  keptService: 'Services',
  keptServiceChild: 'Parts of services',
  keptGlobalService: 'Services of the whole server',
  keptGlobalServiceChild: 'Parts of services of the whole server',
  keptServerDocument: 'Settings of the whole server',
  keptServletFilter: 'Request filters of the identity management',
  keptEntity: 'Configuration of the identity management',
  keptSecretMapping: 'Secret mappings',
}

const sections: Readonly<Record<string, string>> = {
  application: 'OAuth2 clients',
  agent: 'Agents',
  authentication: 'Authentication settings',
  'fr-config-manager': 'Files of fr-config-manager',
  frodo: 'Files of frodo',
  idm: 'Configuration of the identity management',
  managedApplication: 'Managed applications',
  mapping: 'Mappings',
  policy: 'Policies',
  policyset: 'Policy sets',
  resourcetype: 'Resource types',
  secretstore: 'Secret stores',
  server: 'Servers',
  service: 'Services',
  sync: 'Synchronisation',
}

const ofImports = 'import-'

/** A kind of kept settings in words. Sections of imports without words keep their name. */
export function kindTitle(kind: string): string {
  if (!kind.startsWith(ofImports)) return ofRest[kind] ?? kind
  const section = kind.slice(ofImports.length)
  return sections[section] ?? section
}

/** Where the settings of a kind came from. */
export function kindOrigin(kind: string): string {
  return kind.startsWith(ofImports) ? 'From an import' : 'From a tool, by REST'
}

/** The size of their JSON, which is about its characters. */
export function sizeText(characters: number): string {
  const kilobytes = Math.ceil(characters / 1024)
  return kilobytes < 1024 ? `${kilobytes} KB` : `${(characters / 1_048_576).toFixed(1)} MB`
}
