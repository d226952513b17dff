import type { Identity } from '../../people/identity.ts'

/** Whether an account is privileged: it holds a role, or its `employeeType` says so. */
export function isPrivileged({ roles, attributes }: Pick<Identity, 'roles' | 'attributes'>): boolean {
  const types = [attributes.employeeType ?? []].flat()
  return roles.length > 0 || types.some((type) => String(type).toLowerCase() === 'privileged')
}
