import './on-off.css'

/** An on/off status as an icon and a word. */
export function OnOff({ isOn, on = 'On', off = 'Off' }: { isOn: boolean; on?: string; off?: string }) {
  return (
    <span className="on-off align-center gap-2 nowrap">
      <i className={isOn ? 'on' : 'off'} aria-hidden="true" />
      {isOn ? on : off}
    </span>
  )
}
