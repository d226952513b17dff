import { matchesPerson, type PolicyPerson } from './policy-people.ts'

const byEmployeeType = {
  roles: [],
  groups: [],
  attribute: { name: 'employeeType', values: ['privileged'] },
}

/** Whether an account is privileged: it holds a role, or its `employeeType` says so or can't be read. */
export function isPrivileged(person: PolicyPerson): boolean {
  return person.roles.length > 0 || matchesPerson(byEmployeeType, person)
}
