import type { EsvLookup } from '../../../engine/placeholders.ts'
import { isFor } from '../../../esvs/esv.ts'
import { variableOf } from '../../../secrets/secret-labels.ts'
import type { TenantContent } from './tenant-content.ts'

/** The variables that placeholders of a realm can read, from what is stored. Secrets have no text here. */
export function realmLookup({ esvs, realm }: Pick<TenantContent, 'esvs' | 'realm'>): EsvLookup {
  return (placeholder) => {
    const name = variableOf(placeholder.replace(/^esv[.-]/i, ''))
    const variable = esvs.variables.find((one) => one.name === name)
    if (variable !== undefined && isFor(variable, realm.path)) {
      return { text: variable.value, type: variable.expressionType, isVariable: true }
    }
    const secret = esvs.secrets.find((one) => one.name === name)
    if (secret === undefined || !secret.useInPlaceholders || !isFor(secret, realm.path)) return undefined
    return { text: 'sample', type: undefined, isVariable: false, isSample: true }
  }
}
