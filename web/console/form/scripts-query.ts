import { listScriptNames } from '../../api/references.ts'

/** Query for the names of a realm's scripts. */
export function scriptsQuery(realm: string) {
  return { queryKey: ['script-names', realm], queryFn: () => listScriptNames(realm) }
}
