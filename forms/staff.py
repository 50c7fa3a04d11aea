"""Forms of the staff's door."""

from forms.base import BaseForm


class StaffForm(BaseForm):
    """A form whose token is that of the staff's door, which the page writes and the door checks."""

    class Meta:
        csrf = False
