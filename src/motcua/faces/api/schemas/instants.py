"""Instants as the API writes them."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator

from motcua.foundation.core.clock import VIETNAM

# with Vietnam's offset, so that the day that people read is the day that the law means
Instant = Annotated[datetime, AfterValidator(lambda at: at.astimezone(VIETNAM))]
