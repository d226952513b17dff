import './on-off.css'

/** Whether something is on: told by shape and word alike. */
export function OnOff({ isOn, on = 'On', off = 'Off' }: { isOn: boolean; on?: string; off?: string }) {
  return (
    <span className="on-off">
      <i className={isOn ? 'on' : 'off'} aria-hidden="true" />
      {isOn ? on : off}
    </span>
  )
}
