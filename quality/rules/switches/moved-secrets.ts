import type { RuleSwitch } from '../rule-switch.ts'

const movedNodes = 'src/journeys/moved-secrets.test.ts'
const moved = 'test/http/moved-secrets.test.ts'

/** Switches for stored secrets and the settings that say where they go. */
export const movedSecretSwitches: readonly RuleSwitch[] = [
  {
    rule: 'R10',
    off: 'a stored secret follows its node to another address',
    file: 'src/journeys/sealed-configuration.ts',
    from: 'if (moved === undefined) config[name] = existing',
    to: 'if (moved === undefined || isSealed(existing)) config[name] = existing',
    tests: [movedNodes, moved],
    attack: 'moved-secret',
  },
  {
    rule: 'R10',
    off: 'a stored secret follows its identity provider or logout webhook to another address',
    file: 'src/realms/sealed-documents.ts',
    from: 'if (changed.length === 0) return existing',
    to: 'if (changed.length >= 0) return existing',
    tests: [movedNodes, moved],
    attack: 'moved-secret',
  },
  {
    rule: 'R10',
    off: 'a secret of a type that the server lacks goes anywhere',
    file: 'src/nodes/secret-settings.ts',
    from: "!name.startsWith('_') && !vendorsSecrets.includes(name)",
    to: "name.startsWith('_') && !vendorsSecrets.includes(name)",
    tests: [movedNodes],
  },
  {
    rule: 'R10',
    off: 'another version of a type has a secret sent to places that it doesn’t name',
    file: 'src/journeys/sealed-configuration.ts',
    from: 'new Set([...before.places, ...after.places])',
    to: 'new Set(after.places)',
    tests: [movedNodes],
  },
  {
    rule: 'R10',
    off: 'an import that moves a secret removes it in silence',
    file: 'src/journeys/exchange/plan.ts',
    from: "...(existing === 'replace' ? moved : [])",
    to: "...(existing === 'skip' ? moved : [])",
    tests: [`${moved}: an import that moves a secret`],
  },
  {
    rule: 'R10',
    off: 'a published draft that moves a secret removes it in silence',
    file: 'src/journeys/edit/check-draft.ts',
    from: '    ...moved,\n',
    to: '    ...moved.slice(moved.length),\n',
    tests: [`${moved}: a draft with a moved secret`, `${moved}: a journey of the editor`],
  },
  {
    rule: 'R10',
    off: 'a saved draft that moves its own secret removes it in silence',
    file: 'src/journeys/edit/check-draft.ts',
    from: 'if (moved.length > 0) throw',
    to: 'if (moved.length < 0) throw',
    tests: [`${moved}: a draft with a moved secret`],
  },
]
