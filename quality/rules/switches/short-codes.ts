import type { RuleSwitch } from '../rule-switch.ts'

const store = 'src/store/short-codes.ts'
const rules = 'src/help-desk/short-codes/short-codes.ts'
const overHttp = 'test/help-desk/short-codes.test.ts'
const overStore = 'src/help-desk/short-codes/short-codes.test.ts'
const contracts = 'src/store/sqlite/contracts.test.ts'

/** Switches for the codes that stand for links. */
export const shortCodeSwitches: readonly RuleSwitch[] = [
  {
    rule: 'H21',
    off: 'a short code works more than once',
    file: store,
    from: ".where('usedAt', 'is', null)",
    to: ".where('mac', '=', $.mac)",
    tests: [contracts, overHttp, overStore],
    attack: 'short-code guessing',
  },
  {
    rule: 'H21',
    off: 'the short code of an ended check leads to its link',
    file: store,
    from: "guarded(note({ idHash, now }), 'transaction'),",
    to: 'note({ idHash, now }),',
    tests: [contracts, overHttp],
    attack: 'short-code guessing',
  },
  {
    rule: 'H21',
    off: 'a replaced short code keeps working',
    file: store,
    from: "mac: eb.ref('excluded.mac')",
    to: "mac: eb.ref('shortCodes.mac')",
    tests: [contracts, overHttp],
    attack: 'short-code guessing',
  },
  {
    rule: 'H21',
    off: 'anyone at the desk gets a short code for the check of a colleague',
    file: 'src/http/help-desk/short-codes/issue-short-code.ts',
    from: 'await transactionNamed(from, call, agent)',
    to: "await transactionNamed(from, call, agent === '' ? agent : undefined)",
    tests: [overHttp],
    attack: 'short-code guessing',
  },
  {
    rule: 'H21',
    off: 'one address can guess short codes without limit',
    file: rules,
    from: '{ ...limit, max: perAddress }',
    to: '{ ...limit, max: 0 }',
    tests: [overHttp, overStore],
    attack: 'short-code guessing',
  },
  {
    rule: 'H21',
    off: 'many addresses can guess short codes without limit',
    file: rules,
    from: '{ ...limit, max: inTotal }',
    to: '{ ...limit, max: 0 }',
    tests: [overStore],
    attack: 'short-code guessing',
  },
  {
    rule: 'H21',
    off: 'nobody learns that short codes are guessed',
    file: 'src/http/help-desk/short-codes/redeem-short-code.ts',
    from: 'for (const who of redeemed.blocks) recordBlock(from, call, who)',
    to: 'for (const who of redeemed.blocks.slice(2)) recordBlock(from, call, who)',
    tests: [overHttp],
    attack: 'short-code guessing',
  },
  {
    rule: 'H21',
    off: 'an agent can make any number of short codes, and a guesser has more to find',
    file: 'src/http/help-desk/short-codes/short-link.ts',
    from: 'max: 5, windowMs: 60_000',
    to: 'max: 0, windowMs: 60_000',
    tests: [overHttp],
  },
  {
    rule: 'H21',
    off: 'the agent does not see that a short code was used',
    file: store,
    from: "appended({ idHash, now, kind: 'shortCodeUsed', data: { channel } }),",
    to: '',
    tests: [contracts, overHttp],
  },
  {
    rule: 'H21',
    off: 'short codes can be read in the database',
    file: rules,
    from: 'const [mac] = macsOf(keys(), code)',
    to: 'const mac = code',
    tests: [overStore],
  },
  {
    rule: 'H21',
    off: 'a program that opens a short link uses its code up',
    file: 'web/sign-in/short-code/code-form.tsx',
    from: 'if (isFilledIn) submit.current?.focus()',
    to: 'if (isFilledIn) submit.current?.click()',
    tests: ['test/browser/short-codes.test.ts: fills in the code of a link without using it up'],
  },
]
