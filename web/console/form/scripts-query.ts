import { listScriptNames } from '../../api/references.ts'

/** The scripts of a realm by name, for whatever names one. */
export function scriptsQuery(realm: string) {
  return { queryKey: ['script-names', realm], queryFn: () => listScriptNames(realm) }
}
