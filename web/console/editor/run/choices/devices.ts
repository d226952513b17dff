/** A device that a run can be started as. */
export type Device = {
  id: string
  title: string
  userAgent: string
  /** As a Device Profile has it: `navigator.platform`, and the vendor's SDK's name of the device. */
  platform: string
  deviceName: string
}

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const windows = { platform: 'Win32', deviceName: 'Windows (Browser)' }

/** User agents as the browsers send them: Safari and Chrome have frozen most of theirs. */
export const devices: readonly Device[] = [
  {
    id: 'iphone-safari',
    title: 'iPhone, Safari',
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    platform: 'iPhone',
    deviceName: 'iPhone (Browser)',
  },
  {
    id: 'android-chrome',
    title: 'Android, Chrome',
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/142.0.0.0 Mobile Safari/537.36`,
    platform: 'Linux armv81',
    deviceName: 'Android (Browser)',
  },
  {
    id: 'windows-edge',
    title: 'Windows, Edge',
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
    ...windows,
  },
  {
    id: 'windows-firefox',
    title: 'Windows, Firefox',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
    ...windows,
  },
]
