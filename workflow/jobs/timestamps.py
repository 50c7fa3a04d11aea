"""Adds the timestamps that were not to be had when documents were signed."""

import structlog

from workflow.issuing.stamping import Unstampable
from workflow.jobs.press import Pressroom
from workflow.jobs.tasks import ISSUING
from workflow.store.outbox import queue
from workflow.usecases import timestamping

log = structlog.get_logger()


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="add_timestamps", queue=ISSUING)
def add_timestamps(timestamp: int) -> None:
    """Goes over documents at level B-B until the service does not answer. Done again, it finds
    only what is still without.
    """
    press = Pressroom.press()
    if not press.sealer.has_timestamps:
        return
    for document_id in timestamping.waiting():
        before, pdf = timestamping.file_of(document_id)
        try:
            stamped = press.sealer.stamp(pdf, press.now())
        except Unstampable as error:
            log.warning("unstampable", document_id=document_id, why=str(error))
            continue
        if stamped is None:
            return
        taken = timestamping.keep(document_id, before, stamped, press.now())
        log.info("timestamped", document_id=document_id, taken=taken)
