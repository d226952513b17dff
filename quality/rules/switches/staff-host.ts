import type { RuleSwitch } from '../rule-switch.ts'

const tests = ['test/http/staff-host.test.ts']

/** Switches for the host that staff have for themselves. */
export const staffHostSwitches: readonly RuleSwitch[] = [
  {
    rule: 'R15',
    off: 'routes of staff are answered at the hosts of callers',
    file: 'src/http/guards/divided-hosts.ts',
    from: "(isStaffAccess(route.access) ? 'staff' : 'both')",
    to: "'both'",
    tests,
  },
  {
    rule: 'R15',
    off: 'routes of one side are answered at both hosts',
    file: 'src/http/guards/divided-hosts.ts',
    from: "side === (isStaffs ? 'staff' : 'callers')",
    to: "side === (isStaffs ? 'staff' : 'callers') || side !== undefined",
    tests,
  },
  {
    rule: 'R15',
    off: 'a caller’s link opens at the host of staff',
    file: 'src/http/guards/divided-hosts.ts',
    from: 'return !(isStaffs && isPage && ',
    to: 'return !(!isStaffs && isPage && side === undefined && ',
    tests,
  },
  {
    rule: 'R15',
    off: 'the desk is a page of callers',
    file: 'src/http/web-pages.ts',
    from: "['/desk', 'desk', 'staff']",
    to: "['/desk', 'desk', 'both']",
    tests: ['test/http/staff-host.test.ts: each route'],
  },
  {
    rule: 'R15',
    off: 'roles have an effect at the hosts of callers',
    file: 'src/http/call.ts',
    from: '    if (!isForStaff(this.#sources, this.headers.host)) return rightsOf(undefined)\n',
    to: '',
    tests,
  },
  {
    rule: 'R15',
    off: 'any realm has OAuth2 at the host of staff',
    file: 'src/http/oauth/oauth.ts',
    from: '!isOauthRoute(route) || isForCallers',
    to: '!isOauthRoute(route)',
    tests,
  },
  {
    rule: 'R15',
    off: 'links to callers name the host of staff',
    file: 'src/http/guards/trusted-host.ts',
    from: 'own.baseUrl === undefined || !isStaffHost(own, host)',
    to: "own.baseUrl === undefined || !isStaffHost(own, host) || host !== ''",
    tests,
  },
  {
    rule: 'R15',
    off: 'a host for staff has the cookies of callers, with another port',
    file: 'src/config.ts',
    from: 'new URL(staffUrl).hostname === new URL(baseUrl).hostname',
    to: 'new URL(staffUrl).host === new URL(baseUrl).host',
    tests: ['src/config.test.ts'],
  },
]
