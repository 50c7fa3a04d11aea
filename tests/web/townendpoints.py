"""Who may call the pages of staff health in the doors of the town, and in that of the staff."""

from workflow.core.roles import Role

TOWN_HEALTH: dict[str, set[Role] | None] = {
    "command.health": {Role.COMMAND},
    "liaison.health": {Role.LIAISON},
    "liaison.health_person": {Role.LIAISON},
    "liaison.health_place": {Role.LIAISON},
    "liaison.health_proposal": {Role.LIAISON},
    "liaison.health_release": {Role.LIAISON},
    "liaison.health_reveal": {Role.LIAISON},
    "liaison.health_settle": {Role.LIAISON},
    "office.alerts": {Role.OFFICE},
    "office.call": {Role.OFFICE},
    "office.call_number": {Role.OFFICE},
    "office.calls": {Role.OFFICE},
    "office.health": {Role.OFFICE},
    "office.health_person": {Role.OFFICE},
    "office.health_place": {Role.OFFICE},
    "office.health_proposal": {Role.OFFICE},
    "office.health_release": {Role.OFFICE},
    "office.health_reveal": {Role.OFFICE},
    "office.health_settle": {Role.OFFICE},
    "office.next_call": {Role.OFFICE},
    **{
        f"office.{view}": {Role.OFFICE}
        for view in (
            *("health_campaign", "open_campaign", "end_campaign", "health_notice", "health_rules"),
            *("health_areas", "enable_areas", "new_area", "new_rule", "enable_rule"),
        )
    },
    **dict.fromkeys(
        (
            *("staff.absent", "staff.check_in", "staff.come_in", "staff.done"),
            *("staff.keep", "staff.leave", "staff.left", "staff.mine"),
            *("staff.notice", "staff.poster", "staff.received", "staff.register"),
        )
    ),
}
