import {
  IconApps,
  IconArchive,
  IconBinaryTree,
  IconBrandOauth,
  IconCertificate,
  IconCode,
  IconDevices,
  IconFileDescription,
  IconFlask,
  IconHistory,
  IconListCheck,
  IconMail,
  IconPalette,
  IconPuzzle,
  IconPuzzleOff,
  IconRobot,
  IconServer,
  IconSettings,
  IconTransfer,
  IconUsers,
  IconUserX,
  IconVariable,
  IconWebhook,
  IconWorld,
} from '@tabler/icons-react'

/** Pages about one realm. On phones only the common ones have a tab. */
const realmItems = [
  { to: '/journeys', title: 'Journeys', Icon: IconBinaryTree, isCommon: true },
  { to: '/custom-nodes', title: 'Custom nodes', Icon: IconPuzzle, isCommon: true },
  { to: '/scripts', title: 'Scripts', Icon: IconCode, isCommon: false },
  { to: '/transactions', title: 'Transactions', Icon: IconTransfer, isCommon: true },
  { to: '/identities', title: 'Identities', Icon: IconUsers, isCommon: false },
  { to: '/sessions', title: 'Sessions', Icon: IconDevices, isCommon: false },
  { to: '/applications', title: 'Applications', Icon: IconApps, isCommon: false },
  { to: '/failed-sign-ins', title: 'Failed sign-ins', Icon: IconUserX, isCommon: false },
  { to: '/audit', title: 'Audit', Icon: IconFileDescription, isCommon: true },
  { to: '/history', title: 'History', Icon: IconHistory, isCommon: false },
  { to: '/realm', title: 'Realm settings', Icon: IconSettings, isCommon: false },
  { to: '/checklist', title: 'Checklist', Icon: IconListCheck, isCommon: false },
] as const

const serverItems = [
  { to: '/realms', title: 'Realms', Icon: IconWorld, isCommon: false },
  { to: '/server', title: 'Server', Icon: IconServer, isCommon: false },
  { to: '/environment', title: 'Variables & secrets', Icon: IconVariable, isCommon: false },
  { to: '/service-accounts', title: 'Service accounts', Icon: IconRobot, isCommon: false },
] as const

export const navigationGroups = [
  { title: 'This realm', items: realmItems },
  { title: 'Whole server', items: serverItems },
] as const

/** Pages that only people with a right see, as in docs/access.md. */
const neededRights: Readonly<Record<string, string>> = {
  '/environment': 'administrator',
  '/service-accounts': 'administrator',
  '/checklist': 'realm',
}

/** Whether a person with these rights has a use for a page. Other pages say what they don't allow. */
export function isFor(rights: readonly string[], { to }: { to: string }): boolean {
  const needed = neededRights[to]
  return needed === undefined || rights.includes(needed)
}

/** The panel of `sidegate dev`. Other servers have none. */
export const devItem = { to: '/dev', title: 'Development', Icon: IconFlask, isCommon: false } as const

/** Tabs of the realm settings. */
export const realmNavigationItems = [
  { to: '/realm/themes', title: 'Themes', Icon: IconPalette },
  { to: '/realm/templates', title: 'Email templates', Icon: IconMail },
  { to: '/realm/identity-providers', title: 'Identity providers', Icon: IconBrandOauth },
  { to: '/realm/saml', title: 'SAML', Icon: IconCertificate },
  { to: '/realm/webhooks', title: 'Webhooks', Icon: IconWebhook },
  { to: '/realm/kept', title: 'Kept from imports', Icon: IconArchive },
  { to: '/realm/missing', title: 'Still missing', Icon: IconPuzzleOff },
] as const

/** Pages that the search finds by name. */
export const allNavigationItems = [...realmItems, ...serverItems, ...realmNavigationItems] as const
