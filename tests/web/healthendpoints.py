"""Who may call the pages of staff health, in every door."""

from workflow.core.roles import Role

OF_ENTERPRISE = """
health_home health health_report health_person health_check_in
health_check_in_one health_links health_links_give health_links_revoke health_slips
health_link_texts health_link_give health_link_revoke health_poster
health_poster_progress health_poster_make health_poster_revoke health_poster_pdf
health_entries health_entry health_entry_mobile health_entry_confirm
health_entry_dismiss
"""
OF_OFFICE = """
health_campaign open_campaign end_campaign health_notice health_rules health_areas enable_areas
new_area new_rule enable_rule
"""
OF_STAFF = """
absent check_in come_in done keep leave left mine notice poster received register
"""
# None: everyone; the staff's door asks for a link, not for an account.
HEALTH: dict[str, set[Role] | None] = {
    **{f"enterprise.{view}": {Role.ENTERPRISE} for view in OF_ENTERPRISE.split()},
    **{f"office.{view}": {Role.OFFICE} for view in OF_OFFICE.split()},
    **{f"staff.{view}": None for view in OF_STAFF.split()},
    "enterprise.register_person": {Role.ENTERPRISE},
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
}
