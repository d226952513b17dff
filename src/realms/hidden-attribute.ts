import { isSecretState } from '../base/looks-secret.ts'

/** Whether an attribute of a person holds a credential or belongs to the server: agents never see it, and no policy reads it. */
export function isHiddenAttribute(name: string): boolean {
  return name.startsWith('_') || isSecretState(name)
}
