"""Every change of custody: folders made, lots opened, sent, received and settled, originals given back."""

from motcua.casework.custody.folders import give_back, make_folders, open_folder
from motcua.casework.custody.lots import add_folders, give_up_lot, open_lot, remove_folder, send_lot
from motcua.casework.custody.receiving import receive_lot, settle_difference

__all__ = [
    "add_folders",
    "give_back",
    "give_up_lot",
    "make_folders",
    "open_folder",
    "open_lot",
    "receive_lot",
    "remove_folder",
    "send_lot",
    "settle_difference",
]
