import type { RealmEntry } from '../../api/realms.ts'
import { realmName } from '../components/realm-name.ts'
import { isFor } from '../layout/navigation-items.ts'
import type { Entry } from './search-entries.ts'

/** Actions that open a page, and what the page opens there (`useOpenedAct`). */
export const pageActions = {
  'new-journey': { to: '/journeys', act: 'new', name: 'New journey', words: 'create add' },
  import: { to: '/journeys', act: 'import', name: 'Import journeys', words: 'upload file export frodo' },
  export: { to: '/journeys', act: 'export', name: 'Export all journeys', words: 'download file backup' },
  'new-person': { to: '/identities', act: 'new', name: 'New person', words: 'create add identity user' },
  'new-application': {
    to: '/applications',
    act: 'new',
    name: 'New application',
    words: 'create add oauth client',
  },
  'new-realm': { to: '/realms', act: 'new', name: 'New realm', words: 'create add' },
  'new-theme': { to: '/realm/themes', act: 'new', name: 'New theme', words: 'create add logo colours' },
  'new-template': {
    to: '/realm/templates',
    act: 'new',
    name: 'New email template',
    words: 'create add mail text',
  },
  'new-webhook': { to: '/realm/webhooks', act: 'new', name: 'New webhook', words: 'create add event' },
  'new-variable': {
    to: '/environment',
    act: 'new',
    name: 'New variable or secret',
    words: 'create add esv environment',
  },
  'new-service-account': {
    to: '/service-accounts',
    act: 'new',
    name: 'New service account',
    words: 'create add frodo key token',
  },
} as const

const otherActions = {
  'new-script': { name: 'New script', words: 'create add' },
  'new-custom-node': { name: 'New custom node', words: 'create add node type designer' },
  'appearance-light': { name: 'Appearance: light', words: 'theme colours mode bright' },
  'appearance-dark': { name: 'Appearance: dark', words: 'theme colours mode night' },
  'appearance-auto': { name: 'Appearance: match system', words: 'theme colours mode auto' },
  desk: { name: 'Open the help desk', words: 'agents check a caller' },
  'sign-out': { name: 'Sign out', words: 'log out logout leave' },
} as const

export type PageAction = keyof typeof pageActions
export type OtherAction = keyof typeof otherActions

export const actionEntries: readonly Entry[] = Object.entries({ ...pageActions, ...otherActions }).map(
  ([id, { name, words }]) => ({ kind: 'action', id, name, detail: '', words }),
)

/** The actions without those whose page a person with these rights doesn't see. */
export function actionsFor(rights: readonly string[]): Entry[] {
  return actionEntries.filter(({ id }) => !isPageAction(id) || isFor(rights, pageActions[id]))
}

const realmPrefix = 'realm:'

/** Switches to the other realms that are on. */
export function realmEntries(realms: readonly RealmEntry[], current: string): Entry[] {
  return realms
    .filter(({ path, isActive }) => isActive && path !== current)
    .map(({ path }) => ({
      kind: 'action',
      id: `${realmPrefix}${path}`,
      name: `Open realm ${realmName(path)}`,
      detail: '',
      words: 'switch',
    }))
}

/** The realm that an action opens. */
export function realmOf(id: string): string | undefined {
  return id.startsWith(realmPrefix) ? id.slice(realmPrefix.length) : undefined
}

export function isPageAction(id: string): id is PageAction {
  return Object.hasOwn(pageActions, id)
}
